package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.Approval;
import dev.evenroll.cli.administration.Approvals;
import dev.evenroll.cli.administration.Approvals.Selection;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.pki.identity.DeviceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/// Names an enrollment that waits, or waited, for a person: by its device and the beginning of its id.
final class EnrollmentArgument {

    private static final Pattern BEGINNING = Pattern.compile("[0-9a-f]{1,64}");
    private static final int PAGE = 100;

    @Parameters(index = "0", paramLabel = "DEVICE", converter = DeviceArgument.class, description = "Serial number.")
    private @Nullable DeviceId device;

    @Parameters(
            index = "1",
            paramLabel = "ENROLLMENT-ID",
            description = "The enrollment's id, or as much of its beginning as no other of the device has.")
    private @Nullable String enrollmentId;

    /// The one that is meant.
    Approval find(OperatorCommand command, Approvals approvals)
            throws FaultException, FinalException, FailedCommandException, InterruptedException {
        if (device == null || enrollmentId == null) {
            throw command.usage("Missing required parameters: 'DEVICE', 'ENROLLMENT-ID'");
        }
        var beginning = enrollmentId.toLowerCase(Locale.ROOT);
        if (!BEGINNING.matcher(beginning).matches()) {
            throw command.usage("ENROLLMENT-ID must be 1 to 64 hexadecimal digits, as `evenroll approval list --device "
                    + device + "` shows them");
        }
        var found = of(device.value(), approvals).stream()
                .filter(approval -> approval.enrollmentId().startsWith(beginning))
                .toList();
        return switch (found.size()) {
            case 1 -> found.getFirst();
            case 0 ->
                throw new FailedCommandException(
                        ExitCode.FAILED,
                        "No enrollment of " + device + " whose id begins with " + beginning
                                + " waits for a person. See which do: evenroll approval list --all --device " + device);
            default ->
                throw new FailedCommandException(
                        ExitCode.FAILED,
                        "Several enrollments of " + device + " begin with " + beginning
                                + "; give more of the id of the one that is meant:\n"
                                + found.stream()
                                        .map(approval -> "  " + Printable.line(approval.enrollmentId()))
                                        .collect(Collectors.joining("\n")));
        };
    }

    private static List<Approval> of(String device, Approvals approvals)
            throws FaultException, FinalException, InterruptedException {
        var found = new ArrayList<Approval>();
        Optional<String> after = Optional.empty();
        do {
            var page = approvals.list(new Selection(Optional.of(device), Optional.empty(), after, PAGE));
            found.addAll(page.items());
            after = page.next();
        } while (after.isPresent());
        return found;
    }
}
