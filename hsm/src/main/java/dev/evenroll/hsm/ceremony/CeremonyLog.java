package dev.evenroll.hsm.ceremony;

import dev.evenroll.hsm.key.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The record of a ceremony: `ceremony.jsonl`, to which lines are only added. Each names the one before
/// ([CeremonyEntry]).
///
/// Used by one thread at a time, which has the lock of the directory.
public final class CeremonyLog {

    private final Path file;
    private final List<CeremonyEntry> entries;

    private CeremonyLog(Path file, List<CeremonyEntry> entries) {
        this.file = file;
        this.entries = new ArrayList<>(entries);
    }

    /// Reads all of it.
    ///
    /// @throws CeremonyException when a line is not what was written, with what to do
    public static CeremonyLog read(Path file) throws IOException, CeremonyException {
        var entries = new ArrayList<CeremonyEntry>();
        if (Files.exists(file)) {
            var text = text(file);
            if (!text.isEmpty() && !text.endsWith("\n")) {
                throw broken(file, (int) text.lines().count(), "is cut off", null);
            }
            for (var line : text.lines().toList()) {
                entries.add(next(file, entries, line));
            }
        }
        return new CeremonyLog(file, entries);
    }

    private static String text(Path file) throws IOException, CeremonyException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw broken(file, 0, "is not UTF-8", e);
        }
    }

    private static CeremonyEntry next(Path file, List<CeremonyEntry> before, String line) throws CeremonyException {
        int number = before.size() + 1;
        try {
            var entry = CeremonyEntry.read(line);
            var expected = before.isEmpty() ? "" : before.getLast().id();
            if (!entry.previous().equals(expected)) {
                throw new IllegalArgumentException("previous: is not the id of the line before");
            }
            return entry;
        } catch (IllegalArgumentException e) {
            throw broken(file, number, String.valueOf(e.getMessage()), e);
        }
    }

    private static CeremonyException broken(Path file, int line, String why, @Nullable Exception e) {
        return new CeremonyException(
                "The record " + file + " is not as the ceremony wrote it: line " + line + ": " + why
                        + ". Nothing is done before it is whole again: find out who changed it, compare it with the audit "
                        + "log, which has every line (evenroll audit tail), and restore the file from a backup.",
                e);
    }

    /// All lines, the oldest first.
    public List<CeremonyEntry> entries() {
        return List.copyOf(entries);
    }

    /// Whether a step is recorded already: then it was interrupted after it, or is repeated. A time of activation
    /// counts until there is another one.
    boolean has(CeremonyEntry wanted) {
        var same = entries.stream()
                .filter(entry -> entry.step() == wanted.step()
                        && entry.authority().equals(wanted.authority())
                        && entry.certificateSha256().equals(wanted.certificateSha256())
                        && entry.keyId().equals(wanted.keyId()))
                .toList();
        return wanted.step() == CeremonyStep.ACTIVATION_SET
                ? !same.isEmpty() && same.getLast().activeFrom().equals(wanted.activeFrom())
                : !same.isEmpty();
    }

    /// Adds a line; it is on the disk when this returns.
    void add(CeremonyEntry entry) throws IOException {
        var next = entry.after(entries.isEmpty() ? "" : entries.getLast().id());
        if (next.line().length() > CeremonyEntry.LONGEST_LINE) {
            throw new IOException("The line for the record " + file + " has "
                    + next.line().length() + " characters, and at most " + CeremonyEntry.LONGEST_LINE
                    + " are written; give a shorter name of the operator.");
        }
        var text = new StringBuilder();
        entries.forEach(line -> text.append(line.line()).append('\n'));
        text.append(next.line()).append('\n');
        WholeFile.writePublic(file, text.toString().getBytes(StandardCharsets.UTF_8));
        entries.add(next);
    }
}
