package dev.evenroll.validator.streams;

import dev.evenroll.kafka.streams.Commits;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.schemas.state.PendingEnrollment;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.enrollment.Approval;
import dev.evenroll.validator.enrollment.ApprovalDirectory;
import dev.evenroll.validator.enrollment.ApprovalPage;
import dev.evenroll.validator.enrollment.ApprovalQuery;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.InvalidStateStorePartitionException;

/// The enrollments that wait, or waited, for a person, by interactive queries.
public final class ApprovalQueries implements ApprovalDirectory {

    private static final int PARTITIONS = Topics.DEVICE_COMMANDED.partitions();

    private final PartitionedStore<PendingEnrollment> store;
    private final InstantSource clock;

    public ApprovalQueries(KafkaStreams streams, Commits commits, InstantSource clock) {
        this.store = new PartitionedStore<>(streams, commits, StoreNames.PENDING_BY_DEVICE, PARTITIONS);
        this.clock = clock;
    }

    @Override
    public Optional<Approval> find(DeviceId deviceId, String enrollmentId) throws RegistryUnavailableException {
        return store.find(deviceId.value(), KeyWithinDevice.of(deviceId.value(), enrollmentId))
                .map(ApprovalRecords::toDomain)
                .filter(approval -> approval.standing(clock.instant()) != Approval.Standing.EXPIRED);
    }

    @Override
    public ApprovalPage list(ApprovalQuery query) throws RegistryUnavailableException {
        return store.committed(() -> page(query), ApprovalPage::partitions);
    }

    private ApprovalPage page(ApprovalQuery query) {
        var scan = new ApprovalScan(query, clock.instant());
        for (var partition = 0; partition < PARTITIONS; partition++) {
            addTo(scan, partition);
        }
        return scan.page();
    }

    private void addTo(ApprovalScan scan, int partition) {
        try {
            scan.add(partition, store.partition(partition));
        } catch (InvalidStateStorePartitionException e) {
            // Another replica holds it: the page says which partitions it is about.
        }
    }
}
