package dev.evenroll.validator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.validation.Judge;
import dev.evenroll.validator.validation.rule.PolicyAllows;
import dev.evenroll.validator.validation.rule.Rule;
import dev.evenroll.validator.validation.rule.Rules;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The table of rules in docs/RULES.md is what the code says, all of it.
class RulesDocumentTest {

    private static final Path DOCUMENT = Path.of("../docs/RULES.md");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.evenroll.validator.validation", "dev.evenroll.validator.enrollment");

    @Test
    void theDocumentIsTheCode() throws IOException {
        var document = RulesDocument.text();
        if (Boolean.getBoolean("evenroll.regenerate")) {
            Files.writeString(DOCUMENT, document);
        }
        assertThat(DOCUMENT)
                .as(
                        "to write it anew: ./mvnw -pl csr-validator test -Dtest=RulesDocumentTest -Devenroll.regenerate=true")
                .exists()
                .content()
                .isEqualTo(document);
    }

    @Test
    void everyRuleJudges() {
        var written = CLASSES.stream()
                .filter(assignableTo(Rule.class))
                .filter(type -> !type.isInterface())
                .map(JavaClass::getName)
                .toList();
        assertThat(Rules.ALL)
                .extracting(rule -> rule.getClass().getName())
                .containsExactlyInAnyOrderElementsOf(written)
                .doesNotHaveDuplicates();
    }

    @Test
    void everyTextIsInTheTable() {
        var tabled = new HashSet<>(RulesDocument.all());
        assertThat(CLASSES.stream()
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> field.getRawType().isEquivalentTo(RuleText.class))
                        .map(RulesDocumentTest::value))
                .isNotEmpty()
                .isSubsetOf(tabled);
    }

    /// A name and a message of a failure come from its text; so they are in the table. Policies bring both along, and
    /// PolicyRule is where they stand.
    @Test
    void noFailureIsMadeBesideItsText() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(PolicyAllows.class.getName())
                .should()
                .callConstructorWhere(DescribedPredicate.describe(
                        "a failure", call -> equivalentTo(Failure.class).test(call.getTargetOwner())))
                .check(CLASSES);
    }

    @Test
    void whatIsOneNameIsOneKindOfThing() {
        assertThat(Stream.of(Judge.texts(), Judge.reasonsToWait())
                        .flatMap(List::stream)
                        .map(RuleText::message))
                .doesNotHaveDuplicates();
    }

    private static RuleText value(JavaField field) {
        try {
            Field reflected = field.reflect();
            reflected.setAccessible(true);
            return (RuleText) reflected.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
