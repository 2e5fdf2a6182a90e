package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.ClaimedKey;
import dev.evenroll.cli.administration.ClaimedKey.Block;
import dev.evenroll.cli.administration.KeyRegister;
import dev.evenroll.cli.administration.RefusedException;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `evenroll key block`.
@Command(
        name = "block",
        description = "Blocks a public key, for ever: no device gets a certificate for it any more. Says whose it is"
                + " and asks first.",
        footer = "Certificates that carry the key stay valid until they are revoked: evenroll certificate revoke --key",
        mixinStandardHelpOptions = true)
final class KeyBlockCommand extends OperatorCommand {

    private static final int NOT_FOUND = 404;

    @Mixin
    private KeyArgument key = new KeyArgument();

    @Mixin
    private ReasonOption reason = new ReasonOption();

    @Mixin
    private Confirmation confirmation = new Confirmation();

    @Override
    void run(Operator operator)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        var why = reason.text(this);
        var sha256 = key.sha256(this);
        try (var keys = operator.keys()) {
            var before = known(keys, sha256);
            var block = before.flatMap(ClaimedKey::block);
            if (before.isPresent() && block.isPresent()) {
                say(before.get(), block, "had been blocked before");
                return;
            }
            confirmation.ask(
                    this,
                    "Block it?",
                    "Nothing was blocked.",
                    consequences(sha256, before).toArray(String[]::new));
            var after = keys.block(sha256, why);
            say(after, after.block(), "is blocked");
        }
    }

    /// A key may be blocked before anybody has claimed it.
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

    private static List<String> consequences(String sha256, Optional<ClaimedKey> before) {
        var lines = new ArrayList<String>();
        var device = before.flatMap(ClaimedKey::deviceId);
        lines.add("Key " + sha256
                + device.map(id -> " is that of device " + Printable.line(id) + ".")
                        .orElse(" is no device's so far."));
        before.ifPresent(found -> lines.addAll(carriers(found)));
        lines.add("No device gets a certificate for it any more. This can not be undone.");
        return lines;
    }

    private static List<String> carriers(ClaimedKey key) {
        var lines = new ArrayList<String>();
        int number = key.certificateIds().size();
        lines.add(
                switch (number) {
                    case 0 -> "No certificate carries it.";
                    case 1 -> "1 certificate carries it, and stays valid until it is revoked:";
                    default -> number + " certificates carry it, and stay valid until they are revoked:";
                });
        key.certificateIds().forEach(id -> lines.add("  " + Printable.line(id)));
        return lines;
    }

    private void say(ClaimedKey key, Optional<Block> block, String is) {
        if (format() == OutputFormat.JSON) {
            print(key.fields());
            return;
        }
        out().println("Key " + Printable.line(key.keySha256())
                + key.deviceId().map(id -> " of device " + Printable.line(id)).orElse("") + " " + is
                + block.map(order ->
                                " by " + Printable.line(order.actor()) + " (" + Printable.line(order.reason()) + ")")
                        .orElse("")
                + ".");
        carriers(key).forEach(out()::println);
        if (!key.certificateIds().isEmpty()) {
            out().println("Revoke them: evenroll certificate revoke --key " + Printable.line(key.keySha256())
                    + " --reason keyCompromise");
        }
    }
}
