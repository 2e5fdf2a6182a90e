package dev.evenroll.cli.policy;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A file of recorded decisions while it is written: it has its name only when it is complete, so that
/// nobody takes half of one for the whole.
public final class DecisionFile implements AutoCloseable {

    private final Path file;
    private final Path part;
    private final Writer writer;
    private long decisions;

    private DecisionFile(Path file, Path part, Writer writer) {
        this.file = file;
        this.part = part;
        this.writer = writer;
    }

    /// Begins a file, beside its place until it is complete.
    public static DecisionFile begin(Path file) throws IOException {
        var part = file.resolveSibling(file.getFileName() + ".part");
        return new DecisionFile(file, part, Files.newBufferedWriter(part));
    }

    public void add(RecordedDecision decision) throws IOException {
        writer.write(DecisionLine.write(decision));
        writer.write('\n');
        decisions++;
    }

    /// How many there are so far.
    public long decisions() {
        return decisions;
    }

    /// All are there: the file gets its name, in the place of one that had it.
    public void complete() throws IOException {
        writer.close();
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Leaves nothing behind of a file that is not complete.
    @Override
    public void close() throws IOException {
        writer.close();
        Files.deleteIfExists(part);
    }
}
