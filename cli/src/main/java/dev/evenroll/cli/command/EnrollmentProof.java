package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.qr.EnrollmentLink;
import dev.evenroll.cli.qr.QrPicture;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.identity.OneTimeToken;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that bring a one-time token: never as an argument, which every user of the machine could read.
final class EnrollmentProof {

    /// More than any token or link has.
    private static final int LONGEST = 4_000;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Enrolls by the one-time token, or the evenroll: link, in a file.")
    private @Nullable Path tokenFile;

    @Option(names = "--token-stdin", description = "Enrolls by the one-time token, or the link, at standard input.")
    private boolean tokenStdin;

    @Option(
            names = "--qr",
            paramLabel = "FILE",
            description = "Enrolls by the one-time token in the picture of a QR code: PNG, JPEG, GIF or BMP.")
    private @Nullable Path qr;

    /// A token, and the server that its link names.
    record Brought(OneTimeToken token, Optional<URI> server) {}

    /// How many of the options are given.
    int count() {
        return (tokenFile == null ? 0 : 1) + (tokenStdin ? 1 : 0) + (qr == null ? 0 : 1);
    }

    /// What was brought; empty when nothing was.
    Optional<Brought> read(DeviceId device, OperatorCommand command) throws FailedCommandException, IOException {
        if (tokenFile != null) {
            return Optional.of(understood(Files.readString(tokenFile), tokenFile.toString(), device));
        }
        if (tokenStdin) {
            var bytes = command.terminal().input().readNBytes(LONGEST);
            return Optional.of(understood(new String(bytes, StandardCharsets.UTF_8), "standard input", device));
        }
        if (qr != null) {
            var picture = qr;
            var text = QrPicture.read(picture)
                    .orElseThrow(() -> failed(picture + " shows no QR code that can be read: take a sharper picture,"
                            + " or type the token in with --token-stdin."));
            return Optional.of(understood(text, picture.toString(), device));
        }
        return Optional.empty();
    }

    private static Brought understood(String content, String source, DeviceId device) throws FailedCommandException {
        var text = content.strip();
        if (!text.startsWith(EnrollmentLink.SCHEME)) {
            return OneTimeToken.read(text)
                    .map(token -> new Brought(token, Optional.empty()))
                    .orElseThrow(() -> failed("What was read from " + source
                            + " is no one-time token: 32 letters and digits, hyphens do not matter."));
        }
        var link = EnrollmentLink.read(text)
                .orElseThrow(() -> failed("The link from " + source
                        + " can not be used: it has to be evenroll:enroll?server=...&device=...&token=..."));
        if (!link.device().equals(device)) {
            throw failed("The link from " + source + " is for the device " + link.device() + ", not for " + device
                    + ": nothing was sent.");
        }
        return new Brought(link.token(), Optional.of(link.server()));
    }

    private static FailedCommandException failed(String message) {
        return new FailedCommandException(ExitCode.FAILED, message);
    }
}
