package dev.evenroll.cli.command;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class WallsTest {

    private static final String CLI = "dev.evenroll.cli.";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.evenroll.cli");

    @Test
    void devicesAndOperatorsKnowNoKafkaAndNoAvro() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        CLI + "administration",
                        CLI + "command",
                        CLI + "credentials",
                        CLI + "est",
                        CLI + "fleet",
                        CLI + "job",
                        CLI + "login",
                        CLI + "output",
                        CLI + "qr",
                        CLI + "policy",
                        CLI + "retry",
                        CLI + "rows",
                        CLI + "tls")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache..", "dev.evenroll.schemas..", "dev.evenroll.kafka..")
                .check(classes);
    }

    @Test
    void aDeviceKnowsNeitherTheStackNorTheOperator() {
        noClasses()
                .that()
                .resideInAnyPackage(CLI + "est", CLI + "tls", CLI + "retry", CLI + "output")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        CLI + "stack..", CLI + "administration..", CLI + "command..", CLI + "fleet..", "picocli..")
                .check(classes);
    }
}
