package dev.evenroll.audit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.evenroll.audit");

    @Test
    void whatARecordSaysKnowsNoFrameworkAndNoEvent() {
        noClasses()
                .that()
                .resideInAPackage("..audit.log..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache..",
                        "io.quarkus..",
                        "jakarta..",
                        "io.micrometer..",
                        "dev.evenroll.schemas..",
                        "dev.evenroll.kafka..")
                .check(classes);
    }

    @Test
    void translationsKnowNoKafkaAndNoQuarkus() {
        noClasses()
                .that()
                .resideInAPackage("..audit.codec..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.quarkus..", "jakarta..", "dev.evenroll.kafka..")
                .check(classes);
    }

    @Test
    void nobodyReadsTheClockButThroughTheInjectedSource() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(classes);
    }
}
