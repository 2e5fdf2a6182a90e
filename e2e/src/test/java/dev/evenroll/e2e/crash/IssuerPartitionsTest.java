package dev.evenroll.e2e.crash;

import dev.evenroll.cli.fleet.Ending;
import dev.evenroll.cli.stack.Service;
import dev.evenroll.e2e.stack.FurtherReplica;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Partitions move from one issuer to another and back while a fleet enrolls: what the one has prepared the other
/// signs, and nothing is issued twice.
@ExtendWith(WithStack.class)
class IssuerPartitionsTest {

    private static final int AT_ONCE = 4;
    private static final int BETWEEN_TWO_MOVES = 12;

    @Test
    void everyDeviceEndsEnrolledOnceWhileTwoIssuersSwapPartitions(RunningStack stack) throws Exception {
        var load = new Load(stack);
        try (var devices = Executors.newFixedThreadPool(AT_ONCE)) {
            for (var i = 0; i < AT_ONCE; i++) {
                load.lines.add(devices.submit(load::enrollUntilEnough));
            }
            try {
                load.awaitMore();
                // It joins while certificates are on their way, and takes half of the partitions.
                try (var second = FurtherReplica.start(stack, Service.ISSUER, "1", Map.of())) {
                    load.awaitMore();
                    stack.stack().kill(Service.ISSUER);
                    // The first one's partitions go to the second when its session is over, or back to itself.
                    stack.stack().start(Service.ISSUER);
                    load.awaitMore();
                    second.kill();
                }
                load.awaitMore();
            } finally {
                load.enough.set(true);
            }
            for (var line : load.lines) {
                line.get();
            }
        }
        for (var ending : load.endings) {
            ending.receivesCertificate();
        }
        IssuanceLedger.of(stack.topics(), load.names).isWholeFor(load.names);
    }

    /// Devices that enroll one after the other until there have been enough.
    private static final class Load {

        private final RunningStack stack;
        private final AtomicBoolean enough = new AtomicBoolean();
        private final List<Future<?>> lines = new ArrayList<>();
        private final ConcurrentLinkedQueue<String> names = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<Ending> endings = new ConcurrentLinkedQueue<>();
        private volatile CountDownLatch more = new CountDownLatch(0);

        Load(RunningStack stack) {
            this.stack = stack;
        }

        Void enrollUntilEnough() throws Exception {
            while (!enough.get()) {
                var name = RunningStack.newDeviceId();
                stack.fleet().register(name);
                names.add(name);
                endings.add(stack.fleet().device(name).enrolls());
                more.countDown();
            }
            return null;
        }

        /// Waits until further devices are through; fails when a line of them has ended.
        void awaitMore() throws Exception {
            more = new CountDownLatch(BETWEEN_TWO_MOVES);
            while (!more.await(1, TimeUnit.SECONDS)) {
                for (var line : lines) {
                    if (line.isDone()) {
                        line.get();
                    }
                }
            }
        }
    }
}
