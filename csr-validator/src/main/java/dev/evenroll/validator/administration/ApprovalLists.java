package dev.evenroll.validator.administration;

import dev.evenroll.validator.enrollment.ApprovalDirectory;
import dev.evenroll.validator.enrollment.ApprovalPlace;
import dev.evenroll.validator.enrollment.ApprovalQuery;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/// Lists of enrollments that wait, or waited, for a person, of all replicas together.
@Singleton
final class ApprovalLists {

    private static final ReplicaLists.Kind<ApprovalView.Page, ApprovalView, ApprovalPlace> APPROVALS =
            new ReplicaLists.Kind<>(
                    ApprovalView.Page.class,
                    ApprovalView.Page::approvals,
                    ApprovalView.Page::next,
                    view -> new ApprovalPlace(view.deviceId(), view.enrollmentId()),
                    ApprovalLists::place,
                    ApprovalView.Page::new);

    private final ApprovalDirectory directory;
    private final ReplicaLists lists;

    ApprovalLists(ApprovalDirectory directory, ReplicaLists lists) {
        this.directory = directory;
        this.lists = lists;
    }

    /// The page that a caller wants; for another replica the part of it that this one holds.
    ///
    /// @throws RegistryUnavailableException when a part of the registry can not be looked at
    Response page(ApprovalQuery query, Call call) throws CallRefusedException, RegistryUnavailableException {
        var found = directory.list(query);
        var approvals = found.approvals().stream().map(ApprovalView::of).toList();
        var next = found.next();
        var page = new ApprovalView.Page(approvals, next == null ? null : next.toString());
        return lists.page(APPROVALS, new ReplicaLists.Part<>(page, found.partitions()), query.limit(), call);
    }

    private static ApprovalPlace place(String text) {
        return ApprovalPlace.read(text)
                .orElseThrow(() -> new IllegalStateException("a replica gave a place that is none: " + text));
    }
}
