package dev.evenroll.e2e.bench;

import dev.evenroll.cli.stack.LocalStack;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// The CPU time that processes have used since each began, in user and in system mode, all threads together: as the
/// kernel counts it, in steps of ten milliseconds.
///
/// @param byProcess in the order of the output
record CpuTimes(Map<String, Duration> byProcess) {

    /// This process, which makes the load.
    static final String GENERATOR = "generator";

    CpuTimes {
        byProcess = new LinkedHashMap<>(byProcess);
    }

    /// Of the processes of a stack that run now, and of this one.
    static CpuTimes of(LocalStack stack) {
        var times = new LinkedHashMap<String, Duration>();
        stack.processes().forEach((name, process) -> times.put(name, used(name, process)));
        times.put(GENERATOR, used(GENERATOR, ProcessHandle.current()));
        return new CpuTimes(times);
    }

    private static Duration used(String name, ProcessHandle process) {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException(
                        "The system does not say how much CPU time " + name + " has used: measure on Linux."));
    }

    /// What each process has used since an earlier look, in microseconds.
    ///
    /// @throws IllegalStateException when one of them is another process by now: nothing was measured
    Map<String, Double> microsSince(CpuTimes before) {
        var used = new LinkedHashMap<String, Double>();
        byProcess.forEach((name, now) -> {
            var then = before.byProcess.get(name);
            if (then == null || now.compareTo(then) < 0) {
                throw new IllegalStateException(name + " was started again while it was measured: see its log.");
            }
            used.put(name, now.minus(then).toNanos() / 1_000.0);
        });
        return used;
    }
}
