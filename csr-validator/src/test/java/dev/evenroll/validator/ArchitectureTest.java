package dev.evenroll.validator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The walls of the module.
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.evenroll.validator");

    private static final String[] DOMAIN = {
        "dev.evenroll.validator.registry..",
        "dev.evenroll.validator.validation..",
        "dev.evenroll.validator.enrollment..",
        "dev.evenroll.validator.authority.."
    };

    @Test
    void theDomainKnowsNoFrameworkAndNoRecordFormat() {
        noClasses()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "org.apache.avro..",
                        "io.quarkus..",
                        "jakarta..",
                        "io.micrometer..",
                        "org.slf4j..",
                        "dev.evenroll.schemas..",
                        "dev.evenroll.kafka..",
                        "dev.evenroll.validator.streams..",
                        "dev.evenroll.validator.administration..",
                        "dev.evenroll.validator.service..")
                .check(CLASSES);
    }

    @Test
    void nobodyReadsTheClockByHimself() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .check(CLASSES);
    }

    @Test
    void avroRecordsStopAtTheTopology() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.evenroll.validator.streams..", "dev.evenroll.validator.service..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.evenroll.schemas..", "org.apache.kafka..", "org.apache.avro..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching("dev.evenroll.validator.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }
}
