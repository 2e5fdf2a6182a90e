package dev.evenroll.issuer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.evenroll.hsm.key.IssuingKey;
import dev.evenroll.hsm.key.Pkcs12IssuingKey;
import dev.evenroll.hsm.pkcs11.Pkcs11IssuingKey;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The walls of the issuer.
class ArchitectureTest {

    private static final String[] DOMAIN = {"dev.evenroll.issuer.issuance..", "dev.evenroll.issuer.crl.."};

    private final JavaClasses issuer = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.evenroll.issuer", "dev.evenroll.hsm");

    @Test
    void theDomainKnowsNoKafkaFrameworkOrWireFormat() {
        noClasses()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "org.apache.avro..",
                        "dev.evenroll.kafka..",
                        "dev.evenroll.schemas..",
                        "dev.evenroll.issuer.kafka..",
                        "dev.evenroll.issuer.service..",
                        "io.quarkus..",
                        "io.smallrye..",
                        "io.micrometer..",
                        "jakarta..",
                        "org.eclipse.microprofile..")
                .check(issuer);
    }

    @Test
    void onlyTheServiceKnowsTheFramework() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.evenroll.issuer.service..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "io.smallrye..", "jakarta..", "org.eclipse.microprofile..")
                .check(issuer);
    }

    @Test
    void onlyTheKafkaPackageKnowsTheWireFormat() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.evenroll.issuer.kafka..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.avro..", "dev.evenroll.schemas.event..", "dev.evenroll.schemas.codec..")
                .check(issuer);
    }

    @Test
    void nobodyReadsAClockOfHisOwn() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(issuer);
    }

    @Test
    void theKeyIsAskedToSignInTwoPlacesOnly() {
        classes()
                .that()
                .areAssignableTo(IssuingKey.class)
                .should()
                .resideInAnyPackage(
                        "dev.evenroll.hsm.key..", "dev.evenroll.hsm.pkcs11..", "dev.evenroll.issuer.service..")
                .check(issuer);
        noClasses()
                .that()
                .doNotHaveSimpleName("CertificateIssuer")
                .and()
                .doNotHaveSimpleName("CrlIssuer")
                .and()
                .areNotAssignableTo(IssuingKey.class)
                .should()
                .callMethod(IssuingKey.class, "sign", byte[].class)
                .orShould()
                .callMethod(Pkcs12IssuingKey.class, "sign", byte[].class)
                .orShould()
                .callMethod(Pkcs11IssuingKey.class, "sign", byte[].class)
                .check(issuer);
    }
}
