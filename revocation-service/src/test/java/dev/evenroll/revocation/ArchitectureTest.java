package dev.evenroll.revocation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String[] DOMAIN = {
        "..revocation.life..",
        "..revocation.crl..",
        "..revocation.inventory..",
        "..revocation.connection",
        "..revocation.ocsp"
    };

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.evenroll.revocation");

    @Test
    void theDomainKnowsNoFramework() {
        noClasses()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache..",
                        "io.quarkus..",
                        "jakarta..",
                        "io.vertx..",
                        "io.micrometer..",
                        "com.fasterxml..",
                        "dev.evenroll.schemas..",
                        "dev.evenroll.kafka..")
                .check(classes);
    }

    @Test
    void nobodyReadsTheClockButThroughTheInjectedSource() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(classes);
    }

    @Test
    void theEdgesKnowNoKafka() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..revocation.administration..", "..revocation.publication..", "..revocation.connection.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache..", "dev.evenroll.schemas..", "dev.evenroll.kafka..")
                .check(classes);
    }
}
