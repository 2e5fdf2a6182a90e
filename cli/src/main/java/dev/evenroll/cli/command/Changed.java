package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.Device;
import dev.evenroll.cli.administration.RefusedException;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.retry.Attempt;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/// What a change made of a device.
final class Changed {

    /// Fields that change with everything.
    private static final List<String> NOT_SAID = List.of("revision", "changedAt");

    private static final int PRECONDITION_FAILED = 412;

    private Changed() {}

    /// Changes a device as it was looked at, and says so when somebody else has changed it since.
    static Device unlessMeanwhile(Device before, Attempt<Device> change)
            throws FaultException, FinalException, FailedCommandException, InterruptedException {
        try {
            return change.make();
        } catch (RefusedException e) {
            if (e.status() != PRECONDITION_FAILED) {
                throw e;
            }
            throw new FailedCommandException(
                    ExitCode.FAILED,
                    before.deviceId() + " was changed by somebody else since it was looked at (revision "
                            + before.revision() + "); nothing is changed. Look at it with `evenroll device show "
                            + before.deviceId() + "`, then repeat the command.",
                    e);
        }
    }

    static void print(Device before, Device after, PrintWriter out) {
        out.println(Printable.line(after.deviceId()) + " is changed (revision " + after.revision() + "):");
        var old = before.fields();
        var now = after.fields();
        var names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        names.stream()
                .filter(name -> !NOT_SAID.contains(name) && !Objects.equals(old.get(name), now.get(name)))
                .forEach(name -> out.println("  " + name + ": " + said(old, name) + " -> " + said(now, name)));
    }

    private static String said(Map<String, Object> fields, String name) {
        var value = fields.get(name);
        return value == null ? "none" : Printable.line(Facts.text(value));
    }
}
