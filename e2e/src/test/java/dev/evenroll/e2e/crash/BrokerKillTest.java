package dev.evenroll.e2e.crash;

import dev.evenroll.cli.stack.Service;
import dev.evenroll.e2e.stack.RunningStack;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The broker is killed while a fleet enrolls, and started again: every device ends with its certificate, none with
/// two. A service that starts again afterwards becomes ready.
///
/// On a stack of its own: a broker alone that dies in the middle of a transaction may keep it open in
/// `__consumer_offsets` (KIP-664). A service that starts again then waits until the stack has found and aborted it,
/// longer than other tests would wait for theirs.
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
            for (var service : List.of(Service.ISSUER, Service.REVOCATION_SERVICE)) {
                stack.stack().stop(service);
                stack.stack().start(service);
            }
        }
    }
}
