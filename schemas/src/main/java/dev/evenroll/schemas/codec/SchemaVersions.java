package dev.evenroll.schemas.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.message.SchemaStore;

/// Every version of every record that was ever written, by fingerprint.
///
/// The versions are files of this jar, `versions/<full name>/v<N>.avsc`, listed in `versions/index`. They are
/// never changed and never removed: topics and changelogs keep records for years. A test fails when a
/// record's current schema is not the newest of its versions.
public final class SchemaVersions {

    static final String DIRECTORY = "versions";

    private static final Map<String, List<Schema>> BY_NAME = load();

    private static final Map<Long, Schema> BY_FINGERPRINT = BY_NAME.values().stream()
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableMap(
                    SchemaNormalization::parsingFingerprint64, schema -> schema, (a, b) -> a));

    private SchemaVersions() {}

    /// Versions of a record, oldest first; empty when the name is not known.
    public static List<Schema> of(String fullName) {
        return BY_NAME.getOrDefault(fullName, List.of());
    }

    /// Full names of all records, in alphabetical order.
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    static SchemaStore store() {
        return BY_FINGERPRINT::get;
    }

    private static Map<String, List<Schema>> load() {
        return read("index")
                .lines()
                .map(SchemaVersions::read)
                .map(text -> new Schema.Parser().parse(text))
                .collect(Collectors.groupingBy(Schema::getFullName, TreeMap::new, Collectors.toUnmodifiableList()));
    }

    private static String read(String name) {
        try (InputStream in = SchemaVersions.class.getResourceAsStream(DIRECTORY + "/" + name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "The schemas jar lacks " + DIRECTORY + "/" + name + ": build it again.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
