package dev.evenroll.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The walls of this module.
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.evenroll.policy");

    @Test
    void knowsTheJdkSnakeYamlAndPkiAndNothingElse() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.yaml.snakeyaml..",
                        "org.jspecify..",
                        "dev.evenroll.policy..",
                        "dev.evenroll.pki..")
                .check(CLASSES);
    }

    @Test
    void onlyProfilesKnowWhatACertificateIs() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.evenroll.policy.profile..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.evenroll.pki..")
                .check(CLASSES);
    }

    @Test
    void whatReadsYamlKnowsNeitherPoliciesNorProfiles() {
        noClasses()
                .that()
                .resideInAPackage("dev.evenroll.policy.yaml")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.evenroll.policy", "dev.evenroll.policy.profile..")
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
    void asksNoNameServer() {
        noClasses()
                .should()
                .callMethod(InetAddress.class, "getByName", String.class)
                .orShould()
                .callMethod(InetAddress.class, "getAllByName", String.class)
                .orShould()
                .callMethod(InetAddress.class, "getHostName")
                .check(CLASSES);
    }

    @Test
    void makesNoPatternOfWhatAFileSays() {
        noClasses()
                .that()
                .haveSimpleNameStartingWith("Pattern")
                .or()
                .haveSimpleName("SerialPattern")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Pattern.class)
                .check(CLASSES);
    }
}
