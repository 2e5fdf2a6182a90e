package dev.evenroll.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.schemas.GeneratedFile;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PublicationTest {

    @Test
    void topicsYamlIsWhatTheTableSays() throws IOException {
        GeneratedFile.ofProject("deploy/topics.yaml").isUpToDateWith(Publication.topicsYaml());
    }

    @Test
    void aclsYamlIsWhatTheTableSays() throws IOException {
        GeneratedFile.ofProject("deploy/acls.yaml").isUpToDateWith(Publication.aclsYaml());
    }

    @Test
    void theDocumentationIsWhatTheTableSays() throws IOException {
        GeneratedFile.ofProject("docs/TOPICS.md").isUpToDateWith(Publication.topicsMarkdown());
    }

    @Test
    void namesAreUnique() {
        var names = Topics.all().stream().map(topic -> topic.name("test")).toList();
        assertThat(new HashSet<>(names)).hasSameSizeAs(names);
    }

    @Test
    void onlyTheIssuerWritesWhatTheCaKeySigned() {
        assertThat(writersOf("certificate.prepared", "certificate.issued", "crl.signed"))
                .isEqualTo(List.of(Principal.ISSUER));
    }

    @Test
    void onlyTheValidatorDecides() {
        assertThat(writersOf("enrollment.authorized", "enrollment.refused", "device.registry"))
                .isEqualTo(List.of(Principal.CSR_VALIDATOR));
    }

    @Test
    void noTopicOfTheTableIsAnInternalTopicOfAStreamsApplication() {
        for (var topic : Topics.all()) {
            for (var principal : Principal.values()) {
                assertThat(topic.name("test")).doesNotStartWith(principal.applicationId("test") + "-");
            }
        }
    }

    @Test
    void writingIsAllowedToTheWritersOfTheTableAndToNobodyElse() {
        for (var topic : Topics.all()) {
            var allowed = AccessRule.all("test").stream()
                    .filter(rule -> rule.resource() == AccessRule.Resource.TOPIC)
                    .filter(rule -> rule.operation() == AccessRule.Operation.WRITE)
                    .filter(rule -> matches(rule, topic.name("test")))
                    .map(AccessRule::principal)
                    .collect(Collectors.toSet());
            assertThat(allowed).as(topic.aggregateEvent()).isEqualTo(new HashSet<>(topic.writers()));
        }
    }

    /// An open transaction holds up every reader of the topics it wrote to.
    @Test
    void theGatewayMayNotOpenTransactions() {
        assertThat(AccessRule.all("test"))
                .filteredOn(rule -> rule.resource() == AccessRule.Resource.TRANSACTIONAL_ID)
                .extracting(AccessRule::principal)
                .doesNotContain(Principal.ENROLL_GATEWAY, Principal.AUDITOR);
    }

    private static boolean matches(AccessRule rule, String name) {
        return switch (rule.pattern()) {
            case LITERAL -> rule.name().equals(name);
            case PREFIXED -> name.startsWith(rule.name());
        };
    }

    private static List<Principal> writersOf(String... topics) {
        return Topics.all().stream()
                .filter(topic -> List.of(topics).contains(topic.aggregateEvent()))
                .flatMap(topic -> topic.writers().stream())
                .distinct()
                .toList();
    }
}
