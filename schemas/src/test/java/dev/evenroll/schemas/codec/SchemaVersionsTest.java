package dev.evenroll.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.schemas.GeneratedFile;
import dev.evenroll.schemas.event.Events;
import dev.evenroll.schemas.state.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.api.Test;

/// Holds the promise that what was written once can be read for ever.
///
/// To change a record: change the AVDL, copy the record's schema to `v<N+1>.avsc` beside the earlier versions (run with
/// `-Devenroll.regenerate=true`), never touch an earlier version.
class SchemaVersionsTest {

    private static final String VERSIONS = "schemas/src/main/resources/dev/evenroll/schemas/codec/versions/";

    @Test
    void theCurrentSchemaOfEveryRecordIsItsNewestVersion() throws IOException {
        for (var schema : records()) {
            var newest = newestVersion(schema);
            var file = newest.filter(version -> read(version).equals(text(schema)))
                    .orElseGet(() -> version(schema, numberOfVersions(schema) + 1));
            new GeneratedFile(file).isUpToDateWith(text(schema));
        }
    }

    @Test
    void theIndexNamesEveryVersion() throws IOException {
        var root = GeneratedFile.ofProject(VERSIONS).path();
        try (Stream<Path> files = Files.walk(root)) {
            var index = files.filter(file -> file.toString().endsWith(".avsc"))
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .sorted((a, b) -> compareVersions(a, b))
                    .collect(Collectors.joining("\n", "", "\n"));
            GeneratedFile.ofProject(VERSIONS + "index").isUpToDateWith(index);
        }
    }

    /// The other way round is not asked for: a reader takes only versions that its own jar holds.
    @Test
    void everyVersionReadsTheEarlierOnes() {
        for (var name : SchemaVersions.names()) {
            var versions = SchemaVersions.of(name);
            for (var reader : versions) {
                for (var writer : versions.subList(0, versions.indexOf(reader) + 1)) {
                    var compatibility = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
                    assertThat(compatibility.getType())
                            .as("%s: %s", name, compatibility.getDescription())
                            .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
                }
            }
        }
    }

    @Test
    void everyRecordFieldAndSymbolIsDocumented() {
        for (var schema : types()) {
            assertThat(schema.getDoc()).as(schema.getFullName()).isNotBlank();
            if (schema.getType() == Schema.Type.ENUM) {
                assertThat(schema.getDoc()).as(schema.getFullName()).contains(schema.getEnumSymbols());
            } else {
                for (var field : schema.getFields()) {
                    assertThat(field.doc())
                            .as("%s.%s", schema.getFullName(), field.name())
                            .isNotBlank();
                }
            }
        }
    }

    @Test
    void everyTimeSaysItsUnitAndEveryBytesItsEncoding() {
        for (var schema : records()) {
            for (var field : schema.getFields()) {
                if (field.schema().getLogicalType() != null) {
                    assertThat(field.doc())
                            .as("%s.%s", schema.getFullName(), field.name())
                            .contains("UTC");
                }
                if (field.schema().getType() == Schema.Type.BYTES) {
                    assertThat(field.doc())
                            .as("%s.%s", schema.getFullName(), field.name())
                            .contains("DER");
                }
            }
        }
    }

    private static int compareVersions(String a, String b) {
        var byName = a.substring(0, a.indexOf('/')).compareTo(b.substring(0, b.indexOf('/')));
        return byName != 0 ? byName : Integer.compare(number(a), number(b));
    }

    private static int number(String version) {
        return Integer.parseInt(
                version.substring(version.lastIndexOf('v', version.length() - 6) + 1, version.length() - 5));
    }

    private static List<Schema> types() {
        return Stream.concat(Events.PROTOCOL.getTypes().stream(), State.PROTOCOL.getTypes().stream())
                .distinct()
                .toList();
    }

    private static List<Schema> records() {
        return types().stream()
                .filter(schema -> schema.getType() == Schema.Type.RECORD)
                .toList();
    }

    private static java.util.Optional<Path> newestVersion(Schema schema) {
        var number = numberOfVersions(schema);
        return number == 0 ? java.util.Optional.empty() : java.util.Optional.of(version(schema, number));
    }

    private static int numberOfVersions(Schema schema) {
        var number = 0;
        while (Files.exists(version(schema, number + 1))) {
            number++;
        }
        return number;
    }

    private static Path version(Schema schema, int number) {
        return GeneratedFile.ofProject(VERSIONS + schema.getFullName() + "/v" + number + ".avsc")
                .path();
    }

    private static String text(Schema schema) {
        return SchemaFormatter.format("json/pretty", schema) + "\n";
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
