package dev.evenroll.validator.enrollment;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The enrollments of one replica that a query has found, in the order of their places.
///
/// @param next how far was looked; null when everything was looked at
/// @param partitions the partitions of the registry that were looked at: those that the replica holds
public record ApprovalPage(
        List<Approval> approvals, @Nullable ApprovalPlace next, Set<Integer> partitions) {

    public ApprovalPage {
        approvals = List.copyOf(approvals);
        partitions = Set.copyOf(partitions);
    }
}
