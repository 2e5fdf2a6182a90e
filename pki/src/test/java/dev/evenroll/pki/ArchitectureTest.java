package dev.evenroll.pki;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.evenroll.pki.signature.SignatureProvider;
import java.security.Security;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/// The walls of this module.
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.evenroll.pki");

    @Test
    void knowsTheJdkBouncyCastleAndNothingElse() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.security..",
                        "org.bouncycastle..",
                        "com.amazon.corretto.crypto.provider..",
                        "org.jspecify..",
                        "dev.evenroll.pki..")
                .check(CLASSES);
    }

    @Test
    void theNativeProviderIsKnownInOnePlace() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(SignatureProvider.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.amazon.corretto.crypto.provider..")
                .check(CLASSES);
    }

    @Test
    void readsNoClock() {
        noClasses().should().callMethod(Instant.class, "now").check(CLASSES);
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(CLASSES);
        noClasses().should().callMethod(InstantSource.class, "system").check(CLASSES);
        noClasses().should().dependOnClassesThat().areAssignableTo(Clock.class).check(CLASSES);
    }

    @Test
    void installsNoProvider() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Security.class)
                .check(CLASSES);
    }

    @Test
    void packagesDependOneWay() {
        slices().matching("dev.evenroll.pki.(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
