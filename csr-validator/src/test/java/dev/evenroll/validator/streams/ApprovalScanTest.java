package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.schemas.event.EnrollmentModel;
import dev.evenroll.schemas.event.EnrollmentOperation;
import dev.evenroll.schemas.event.EnrollmentRequested;
import dev.evenroll.schemas.state.PendingEnrollment;
import dev.evenroll.schemas.state.PersonsDecision;
import dev.evenroll.validator.enrollment.ApprovalPage;
import dev.evenroll.validator.enrollment.ApprovalPlace;
import dev.evenroll.validator.enrollment.ApprovalQuery;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pages over several partitions, held against a list that has everything.
class ApprovalScanTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    /// In the order of the registry, which is that of the bytes.
    private static final String[] DEVICES = {"EVR", "EVR-1", "EVR-1-A", "EVR-10", "EVR.1", "EVR1", "EVR_1", "evr"};

    private final List<SortedStore<PendingEnrollment>> partitions =
            List.of(new SortedStore<PendingEnrollment>(), new SortedStore<PendingEnrollment>(), new SortedStore<>());
    private final List<PendingEnrollment> everything = new ArrayList<>();

    @BeforeEach
    void fill() {
        var random = new Random(20261122);
        for (var device : DEVICES) {
            var partition = partitions.get(random.nextInt(partitions.size()));
            for (var number = 0; number < 6; number++) {
                var pending = pending(
                        device,
                        "%064x".formatted(number),
                        number == 3 ? NOW : NOW.plusSeconds(60),
                        random.nextBoolean());
                partition.put(KeyWithinDevice.of(device, "%064x".formatted(number)), pending);
                if (number != 3) {
                    everything.add(pending);
                }
            }
        }
    }

    private static PendingEnrollment pending(String deviceId, String enrollmentId, Instant expiresAt, boolean decided) {
        var request = EnrollmentRequested.newBuilder()
                .setEnvironment("test")
                .setOccurredAt(NOW)
                .setEnrollmentId(enrollmentId)
                .setDeviceId(deviceId)
                .setOperation(EnrollmentOperation.SIMPLE_ENROLL)
                .setCertificationRequest(ByteBuffer.allocate(0))
                .setRequesterChain(List.of())
                .setRemoteAddress("192.0.2.1")
                .setReplyPartition(0)
                .build();
        return PendingEnrollment.newBuilder()
                .setPendingSince(NOW)
                .setExpiresAt(expiresAt)
                .setReason("pilot phase")
                .setModel(EnrollmentModel.FACTORY)
                .setRequest(request)
                .setRequester("CN=x")
                .setJobLines(List.of())
                .setDecision(decided ? new PersonsDecision("c1", "ada", true, "yes", NOW) : null)
                .build();
    }

    private ApprovalPage page(ApprovalQuery query, int mostLookedAt) {
        var scan = new ApprovalScan(query, NOW, mostLookedAt);
        for (var partition = 0; partition < partitions.size(); partition++) {
            scan.add(partition, partitions.get(partition));
        }
        return scan.page();
    }

    /// Follows the pages to the end.
    private List<String> all(int limit, int mostLookedAt, @Nullable String device, @Nullable Boolean decided) {
        var places = new ArrayList<String>();
        @Nullable ApprovalPlace after = null;
        for (var pages = 0; pages < 1_000; pages++) {
            var page = page(
                    new ApprovalQuery(after, limit, device == null ? null : new DeviceId(device), decided),
                    mostLookedAt);
            assertThat(page.approvals()).hasSizeLessThanOrEqualTo(limit);
            assertThat(page.partitions()).containsExactlyInAnyOrder(0, 1, 2);
            page.approvals()
                    .forEach(approval -> places.add(ApprovalPlace.of(approval).toString()));
            after = page.next();
            if (after == null) {
                return places;
            }
        }
        throw new AssertionError("the pages have no end");
    }

    private List<String> expected(@Nullable String device, @Nullable Boolean decided) {
        return everything.stream()
                .filter(pending ->
                        device == null || pending.getRequest().getDeviceId().equals(device))
                .filter(pending -> decided == null || decided == (pending.getDecision() != null))
                .map(pending -> pending.getRequest().getDeviceId() + "/"
                        + pending.getRequest().getEnrollmentId())
                .toList();
    }

    @Test
    void theDevicesAreInTheOrderOfTheRegistry() {
        assertThat(Arrays.stream(DEVICES).sorted()).containsExactly(DEVICES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void thePagesTogetherAreEverythingOnceAndInOrder(int limit) {
        for (var mostLookedAt : new int[] {2, 3, 10, 1_000}) {
            for (var decided : new Boolean[] {null, true, false}) {
                assertThat(all(limit, mostLookedAt, null, decided)).isEqualTo(expected(null, decided));
            }
        }
    }

    @Test
    void aDeviceHasItsOwnAndNoOtherOnes() {
        for (var device : DEVICES) {
            assertThat(all(2, 1_000, device, null)).isEqualTo(expected(device, null));
        }
        assertThat(all(2, 1_000, "EV", null)).isEmpty();
    }
}
