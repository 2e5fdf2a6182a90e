package dev.evenroll.hsm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The walls of the keys: who only needs a key gets neither Kafka nor a framework with it.
class ArchitectureTest {

    @Test
    void aKeyNeedsTheJdkAndPkiOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.crypto..",
                        "javax.security..",
                        "org.bouncycastle..",
                        "org.jspecify..",
                        "org.slf4j..",
                        "dev.evenroll.pki..",
                        "dev.evenroll.hsm..")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.evenroll.hsm"));
    }
}
