package dev.evenroll.e2e.crash;

import dev.evenroll.cli.fleet.Ending;
import dev.evenroll.cli.stack.Service;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A service is killed while a fleet enrolls, and started again: every device ends with its certificate, none with two.
@ExtendWith(WithStack.class)
class ServiceKillTest {

    private static final int DEVICES = 24;
    static final int AT_ONCE = 4;
    /// The kill comes when this many devices are through.
    static final int BEFORE_THE_KILL = 6;

    @ParameterizedTest
    @EnumSource(Service.class)
    void everyDeviceEndsEnrolledOnce(Service service, RunningStack stack) throws Exception {
        var names = register(stack);
        var through = new CountDownLatch(BEFORE_THE_KILL);
        try (var devices = Executors.newFixedThreadPool(AT_ONCE)) {
            var enrollments = enroll(stack, names, through, devices::submit);
            through.await();
            stack.stack().kill(service);
            stack.stack().start(service);
            for (var enrollment : enrollments) {
                enrollment.get().receivesCertificate();
            }
        }
        IssuanceLedger.of(stack.topics(), names).isWholeFor(names);
    }

    static List<String> register(RunningStack stack) throws Exception {
        var names = new ArrayList<String>();
        for (var i = 0; i < DEVICES; i++) {
            var name = RunningStack.newDeviceId();
            stack.fleet().register(name);
            names.add(name);
        }
        return names;
    }

    static List<Future<Ending>> enroll(
            RunningStack stack, List<String> names, CountDownLatch through, Submission submission) {
        return names.stream()
                .map(name -> submission.submit(() -> {
                    var ending = stack.fleet().device(name).enrolls();
                    through.countDown();
                    return ending;
                }))
                .toList();
    }

    interface Submission {
        Future<Ending> submit(Callable<Ending> enrollment);
    }
}
