package dev.evenroll.cli.rows;

import dev.evenroll.cli.files.PropertiesFile;
import dev.evenroll.cli.files.PropertiesFile.MissingPropertyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.random.RandomGenerator;

/// How far an import has come: kept in the data directory from the first batch that is done to the last, so that the
/// next run of the same file goes on where this one broke off.
///
/// @param digest SHA-256 of the file that is imported
/// @param run names this import, so that another one of the same file is not taken for its repetition
/// @param update whether devices that are registered differently are changed
/// @param batchRows rows of a batch
/// @param batches how many are done, from the first one on
/// @param rejected the file of rejected rows
/// @param rejectedBytes its length when the last of them was done
/// @param tally how their rows ended
record Journal(
        String digest,
        String run,
        boolean update,
        int batchRows,
        int batches,
        Path rejected,
        long rejectedBytes,
        Tally tally) {

    private static final int NUMBER_DIGITS = 15;

    static Journal begin(String digest, boolean update, int batchRows, Path rejected, RandomGenerator random) {
        var run = new byte[4];
        random.nextBytes(run);
        return new Journal(
                digest, HexFormat.of().formatHex(run), update, batchRows, 0, rejected.toAbsolutePath(), 0, Tally.NONE);
    }

    /// A number that stands for the file, not negative.
    long number() {
        return Long.parseLong(digest.substring(0, NUMBER_DIGITS), 16);
    }

    /// Where the journal of a file is kept.
    static Path file(Path directory, String digest) {
        return directory.resolve(digest + ".properties");
    }

    /// What an import of this file has left; empty when there is none, or it is damaged: then nothing is lost but time,
    /// for a row may be sent again.
    static Optional<Journal> read(Path file) throws IOException {
        try {
            return Optional.of(of(PropertiesFile.read(file)));
        } catch (NoSuchFileException | MissingPropertyException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /// Whether an import can go on from here.
    boolean serves(Journal wanted) throws IOException {
        return digest.equals(wanted.digest)
                && update == wanted.update
                && batchRows == wanted.batchRows
                && rejected.equals(wanted.rejected)
                && Files.exists(rejected)
                && Files.size(rejected) >= rejectedBytes;
    }

    /// One more batch is done.
    Journal done(long newRejectedBytes, Tally newTally) {
        return new Journal(digest, run, update, batchRows, batches + 1, rejected, newRejectedBytes, newTally);
    }

    /// Names a batch: repeated under the same name it is the same one.
    String idempotencyKey(int batch) {
        return digest.substring(0, 32) + "-" + run + "-" + batch;
    }

    void write(Path file) throws IOException {
        var properties = new Properties();
        properties.setProperty("digest", digest);
        properties.setProperty("run", run);
        properties.setProperty("update", Boolean.toString(update));
        properties.setProperty("batch-rows", Integer.toString(batchRows));
        properties.setProperty("batches", Integer.toString(batches));
        properties.setProperty("rejected", rejected.toString());
        properties.setProperty("rejected-bytes", Long.toString(rejectedBytes));
        properties.setProperty("rows.registered", Long.toString(tally.registered()));
        properties.setProperty("rows.unchanged", Long.toString(tally.unchanged()));
        properties.setProperty("rows.updated", Long.toString(tally.updated()));
        properties.setProperty("rows.refused", Long.toString(tally.refused()));
        properties.setProperty("rows.invalid", Long.toString(tally.invalid()));
        PropertiesFile.write(file, properties, "How far `evenroll device import` has come with a file.");
    }

    private static Journal of(Properties properties) throws MissingPropertyException {
        return new Journal(
                PropertiesFile.required(properties, "digest"),
                PropertiesFile.required(properties, "run"),
                Boolean.parseBoolean(PropertiesFile.required(properties, "update")),
                (int) number(properties, "batch-rows"),
                (int) number(properties, "batches"),
                Path.of(PropertiesFile.required(properties, "rejected")),
                number(properties, "rejected-bytes"),
                new Tally(
                        number(properties, "rows.registered"),
                        number(properties, "rows.unchanged"),
                        number(properties, "rows.updated"),
                        0,
                        number(properties, "rows.refused"),
                        number(properties, "rows.invalid")));
    }

    private static long number(Properties properties, String name) throws MissingPropertyException {
        return Long.parseLong(PropertiesFile.required(properties, name));
    }
}
