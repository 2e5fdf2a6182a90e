package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.ClaimedKey;
import dev.evenroll.cli.administration.KeyRegister;
import dev.evenroll.cli.administration.RefusedException;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `evenroll key block`.
@Command(
        name = "block",
        description =
                "Blocks a public key for ever: no request for it is granted. Lists the certificates that carry it.",
        footer = "The certificates stay valid until they are revoked: evenroll certificate revoke",
        mixinStandardHelpOptions = true)
final class KeyBlockCommand extends OperatorCommand {

    private static final int NOT_FOUND = 404;

    @Mixin
    private KeyArgument key = new KeyArgument();

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why, for whoever looks at it later.")
    private String reason = "";

    @Mixin
    private Confirmation confirmation = new Confirmation();

    @Override
    void run(Operator operator)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        var sha256 = key.sha256(this);
        if (reason.isBlank()) {
            throw usage("--reason is empty: say why, for whoever looks at the key later");
        }
        try (var keys = operator.keys()) {
            var before = known(keys, sha256);
            if (before.flatMap(ClaimedKey::block).isEmpty()) {
                confirmation.ask(
                        this,
                        "Block it?",
                        "Nothing was blocked.",
                        "Key " + sha256 + " "
                                + before.flatMap(ClaimedKey::deviceId)
                                        .map(device -> "of device " + Printable.line(device))
                                        .orElse("of no device yet")
                                + " gets no certificate any more. This can not be undone.",
                        before.map(found -> found.certificateIds().size()).orElse(0)
                                + " certificates carry it; they stay valid until they are revoked.");
            }
            var blocked = keys.block(sha256, reason);
            if (format() == OutputFormat.JSON) {
                print(blocked.fields());
            } else {
                say(blocked);
            }
        }
    }

    private static Optional<ClaimedKey> known(KeyRegister keys, String sha256)
            throws FaultException, FinalException, InterruptedException {
        try {
            return Optional.of(keys.key(sha256));
        } catch (RefusedException e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void say(ClaimedKey blocked) {
        out().println("Key " + blocked.keySha256() + " is blocked"
                + blocked.block()
                        .map(order ->
                                " (" + Printable.line(order.actor()) + ": " + Printable.line(order.reason()) + ")")
                        .orElse("")
                + ".");
        List<String> certificates = blocked.certificateIds();
        if (!certificates.isEmpty()) {
            out().println("Certificates that carry it; revoke them with `evenroll certificate revoke ID --reason"
                    + " keyCompromise`:");
            certificates.forEach(id -> out().println("  " + Printable.line(id)));
        }
    }
}
