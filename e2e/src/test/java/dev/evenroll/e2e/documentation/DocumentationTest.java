package dev.evenroll.e2e.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Documents that name classes, files and topics stay true.
class DocumentationTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern FILE = Pattern.compile("\\*\\*`([a-z-]+)/…/([A-Za-z/]+\\.java)`\\*\\*");
    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]+[A-Z][A-Za-z]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
    /// Names of the standards, not of classes.
    private static final List<String> NOT_OURS = List.of("SubjectPublicKeyInfo", "TBSCertificate");

    @Test
    void theEnrollmentCycleNamesAtMostEightFilesAndTheyExist() throws IOException {
        var named = FILE.matcher(read("docs/ENROLLMENT-CYCLE.md")).results().toList();
        assertThat(named).hasSizeBetween(6, 8);
        for (var file : named) {
            try (var found = Files.find(
                    PROJECT.resolve(file.group(1)).resolve("src/main/java"),
                    20,
                    (path, attributes) -> path.endsWith(file.group(2)))) {
                assertThat(found.count()).as(file.group()).isEqualTo(1);
            }
        }
    }

    @Test
    void everyClassThatADocumentNamesExists() throws IOException {
        var classes = sources();
        for (var document : List.of("docs/ENROLLMENT-CYCLE.md", "docs/TRUST.md")) {
            assertThat(CLASS.matcher(read(document)).results().map(result -> result.group(1)))
                    .as(document)
                    .allMatch(name -> NOT_OURS.contains(name) || classes.contains(name));
        }
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        for (var document : List.of(
                "README.md",
                "docs/ENROLLMENT-CYCLE.md",
                "docs/MODELS.md",
                "docs/TRUST.md",
                "docs/POLICIES.md",
                "docs/ATTESTATION.md",
                "docs/HSM.md",
                "docs/CONNECTIONS.md",
                "CONTRIBUTING.md")) {
            var directory = PROJECT.resolve(document).resolveSibling(".");
            assertThat(LINK.matcher(read(document)).results().map(result -> result.group(1)))
                    .as(document)
                    .allMatch(target -> Files.exists(directory.resolve(target)));
        }
    }

    @Test
    void theTrustDocumentSpeaksOfEveryServiceAndWhatItMayWrite() throws IOException {
        var trust = read("docs/TRUST.md");
        for (var service : Principal.values()) {
            if (service.service()) {
                var section = trust.substring(trust.indexOf("### `" + service.principalName() + "`"));
                var mayWrite = section.lines()
                        .filter(line -> line.startsWith("- **May write:**"))
                        .findFirst()
                        .orElseThrow();
                assertThat(Topics.all())
                        .filteredOn(topic -> topic.writers().contains(service))
                        .filteredOn(topic -> !topic.equals(Topics.deadLetter(service)))
                        .allMatch(topic -> mayWrite.contains("`" + topic.aggregateEvent() + "`"));
            }
        }
    }

    private static String read(String file) throws IOException {
        return Files.readString(PROJECT.resolve(file));
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT)) {
            return files.map(Path::toString)
                    .filter(file -> file.contains("/src/main/java/") && file.endsWith(".java"))
                    .map(file -> file.substring(file.lastIndexOf('/') + 1).replace(".java", ""))
                    .collect(Collectors.toList());
        }
    }
}
