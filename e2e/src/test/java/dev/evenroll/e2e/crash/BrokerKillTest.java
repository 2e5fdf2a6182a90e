package dev.evenroll.e2e.crash;

import dev.evenroll.e2e.stack.RunningStack;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The broker is killed while a fleet enrolls, and started again: every device ends with its certificate, none with
/// two.
///
/// On a stack of its own: a broker alone that dies in the middle of a transaction may keep it open for ever in
/// `__consumer_offsets`, and a service that starts again later waits for its end (KIP-664).
class BrokerKillTest {

    @TempDir
    private Path data;

    @Test
    void everyDeviceEndsEnrolledOnceWhenTheBrokerIsKilled() throws Exception {
        try (var stack = RunningStack.start(data)) {
            var names = ServiceKillTest.register(stack);
            var through = new CountDownLatch(ServiceKillTest.BEFORE_THE_KILL);
            try (var devices = Executors.newFixedThreadPool(ServiceKillTest.AT_ONCE)) {
                var enrollments = ServiceKillTest.enroll(stack, names, through, devices::submit);
                through.await();
                stack.stack().crashBroker();
                for (var enrollment : enrollments) {
                    enrollment.get().receivesCertificate();
                }
            }
            IssuanceLedger.of(stack.topics(), names).isWholeFor(names);
        }
    }
}
