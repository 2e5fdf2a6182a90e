package dev.evenroll.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/// The walls inside the gateway.
class ArchitectureTest {

    private static final JavaClasses GATEWAY = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.evenroll.gateway");

    @Test
    void theDomainKnowsNoTechnology() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.evenroll.gateway.authentication",
                        "dev.evenroll.gateway.enrollment",
                        "dev.evenroll.gateway.est",
                        "dev.evenroll.gateway.job",
                        "dev.evenroll.gateway.limit",
                        "dev.evenroll.gateway.observation")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache..",
                        "dev.evenroll.schemas..",
                        "dev.evenroll.kafka..",
                        "dev.evenroll.gateway.http",
                        "dev.evenroll.gateway.kafka",
                        "dev.evenroll.gateway.service",
                        "io..",
                        "jakarta..",
                        "org.eclipse..",
                        "org.slf4j..")
                .check(GATEWAY);
    }

    @Test
    void httpAndKafkaDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("dev.evenroll.gateway.http")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache..", "dev.evenroll.schemas..", "dev.evenroll.kafka..")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("dev.evenroll.gateway.kafka")
                .check(GATEWAY);
        noClasses()
                .that()
                .resideInAPackage("dev.evenroll.gateway.kafka")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.vertx..", "io.netty..", "io.quarkus..", "jakarta..", "dev.evenroll.gateway.http")
                .check(GATEWAY);
    }

    @Test
    void nobodyReadsAClockOfItsOwn() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.evenroll.gateway.service")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(GATEWAY);
    }
}
