package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.Certificate;
import dev.evenroll.cli.administration.Inventory;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/// The certificates that end with the life of a device, or with its owner: said before, and followed until they are
/// revoked. revocation-service revokes them by itself when it hears of it from the registry.
final class EndingCertificates {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(200);

    @Option(
            names = "--block-keys",
            description =
                    "Block the keys of these certificates too, for ever: no device gets a certificate for them any"
                            + " more.")
    private boolean blockKeys;

    /// Those that are good now.
    List<Certificate> of(Operator operator, String deviceId)
            throws FaultException, FinalException, FailedCommandException, InterruptedException {
        try (var inventory = operator.inventory()) {
            return inventory.ofDevice(deviceId).stream()
                    .filter(each -> !each.hasEnded())
                    .toList();
        }
    }

    /// What will happen to them, a sentence each.
    List<String> consequences(List<Certificate> certificates) {
        var lines = new ArrayList<String>();
        for (var each : certificates) {
            lines.add("Certificate " + each.serialNumber() + ", " + Printable.line(each.state()) + ", valid until "
                    + each.notAfter() + ", will be revoked"
                    + (blockKeys ? ", and its key blocked, for ever." : "."));
        }
        if (certificates.isEmpty()) {
            lines.add("It has no certificate that would have to be revoked.");
        }
        return lines;
    }

    /// Blocks keys where that was asked for, and waits until all are revoked.
    ///
    /// @param reason why, for whoever looks at a blocked key later
    /// @return for JSON: what was revoked and blocked
    Map<String, Object> follow(
            OperatorCommand command, Operator operator, List<Certificate> certificates, String reason)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        var blocked = new ArrayList<String>();
        try (var inventory = operator.inventory()) {
            if (blockKeys) {
                blocked.addAll(block(operator, inventory, certificates, reason));
            }
            await(inventory, certificates);
        }
        if (command.format() != OutputFormat.JSON) {
            certificates.forEach(each -> command.out().println("Certificate " + each.serialNumber() + " is revoked."));
            blocked.forEach(key -> command.out().println("Key " + key + " is blocked."));
        }
        var result = new LinkedHashMap<String, Object>();
        result.put(
                "revokedCertificates",
                certificates.stream().map(Certificate::certificateId).toList());
        result.put("blockedKeys", List.copyOf(blocked));
        return result;
    }

    private static List<String> block(
            Operator operator, Inventory inventory, List<Certificate> certificates, String reason)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        var blocked = new ArrayList<String>();
        try (var keys = operator.keys()) {
            for (var each : certificates) {
                var pem = inventory.certificate(each.certificateId()).pem().orElse("");
                blocked.add(keys.block(KeyArgument.ofPem(pem, each.certificateId()), reason)
                        .keySha256());
            }
        }
        return blocked;
    }

    private static void await(Inventory inventory, List<Certificate> certificates)
            throws FaultException, FinalException, FailedCommandException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (var each : certificates) {
            while (!inventory.certificate(each.certificateId()).isRevoked()) {
                if (System.nanoTime() - deadline > 0) {
                    throw new FailedCommandException(
                            ExitCode.FAILED,
                            "The registry is changed, but certificate " + each.certificateId()
                                    + " is not revoked after "
                                    + PATIENCE.toSeconds() + " s. It will be when revocation-service gets on: look with"
                                    + " `evenroll certificate list --device " + each.deviceId() + "`, or revoke it now"
                                    + " with `evenroll certificate revoke --device " + each.deviceId() + "`.");
                }
                Thread.sleep(LOOK_AGAIN_AFTER);
            }
        }
    }
}
