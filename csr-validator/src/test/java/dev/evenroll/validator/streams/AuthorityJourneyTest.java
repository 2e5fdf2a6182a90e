package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.authority.Keys;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.event.EnrollmentModel;
import dev.evenroll.schemas.event.RegistrationAuthority;
import dev.evenroll.schemas.event.RegistrationAuthorityKind;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.simulation.SimulatedDevice;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Local controllers and factory lines that speak for devices.
class AuthorityJourneyTest extends Journey {

    private static final String SITE = ValidatorDriver.REGISTRATION.site();

    private final X509Certificate controller = certificate("controller-1");
    private final X509Certificate line = certificate("line-1");

    private X509Certificate certificate(String name) {
        return installation
                .registrationAuthorities()
                .issueRegistrationAuthority(name, Keys.generateP256().getPublic(), Duration.ofDays(365));
    }

    @BeforeEach
    void registerDevice() {
        register(
                "EVR-1",
                dev.evenroll.validator.registry.EnrollmentModel.FACTORY,
                dev.evenroll.validator.registry.EnrollmentModel.CENTRAL_GATEWAY);
    }

    private static RegistrationAuthority entry(
            String name, RegistrationAuthorityKind kind, List<String> sites, List<String> manufacturers) {
        return RegistrationAuthority.newBuilder()
                .setEnvironment("test")
                .setOccurredAt(java.time.Instant.EPOCH)
                .setName(name)
                .setKind(kind)
                .setSites(sites)
                .setManufacturers(manufacturers)
                .setActive(true)
                .setActor("alice")
                .setRevision(1)
                .build();
    }

    private void enter(RegistrationAuthority entry) {
        validator.pipe(Topics.REGISTRATION_AUTHORITY_REGISTRY, entry.getName(), entry);
    }

    private SimulatedDevice behind(X509Certificate authority) {
        return installation.device("EVR-1").presenting(List.of(authority));
    }

    @Test
    void aLocalControllerEnrollsTheDevicesOfItsSites() {
        enter(entry("controller-1", RegistrationAuthorityKind.LOCAL_CONTROLLER, List.of("Yard", SITE), List.of()));
        validator.request(behind(controller).submits(), 3);
        var authorized = authorization();
        assertThat(authorized.getModel()).isEqualTo(EnrollmentModel.CENTRAL_GATEWAY);
        assertThat(authorized.getRequester()).isEqualTo("CN=controller-1");
    }

    @Test
    void aDeviceOfAnotherSiteIsRefusedAndReported() {
        enter(entry("controller-1", RegistrationAuthorityKind.LOCAL_CONTROLLER, List.of("Yard"), List.of()));
        validator.request(behind(controller).submits(), 3);
        assertThat(refusals()).containsExactly("authority-site");
        assertThat(answers()).containsExactly("3: authority-device");
        assertThat(validator.observations()).singleElement().satisfies(observed -> {
            assertThat(observed.getObservation().name()).isEqualTo("FOREIGN_DEVICE_REQUESTED");
            assertThat(observed.getSubject()).isEqualTo("EVR-1");
            assertThat(observed.getAttributes()).containsEntry("requester", "CN=controller-1");
        });
    }

    @Test
    void aFactoryLineEnrollsTheDevicesOfItsManufacturer() {
        enter(entry("line-1", RegistrationAuthorityKind.FACTORY_LINE, List.of(), List.of("acme")));
        validator.request(behind(line).submits(), 3);
        assertThat(authorization().getModel()).isEqualTo(EnrollmentModel.FACTORY);
    }

    @Test
    void anAuthorityThatIsChangedMaySpeakAsItSaysNow() {
        var entry = entry("controller-1", RegistrationAuthorityKind.LOCAL_CONTROLLER, List.of(SITE), List.of());
        enter(entry);
        enter(RegistrationAuthority.newBuilder(entry).setActive(false).build());
        validator.request(behind(controller).submits(), 3);
        assertThat(authorized()).isEmpty();
        assertThat(refusals()).hasSize(1);
        enter(entry);
        validator.request(behind(controller).submits(), 3);
        assertThat(authorized()).hasSize(1);
    }

    /// Nothing that stands on the topic stops the service; what can not be used speaks for nobody.
    @Test
    void anEntryThatCanNotBeUsedSpeaksForNobody() {
        var good = entry("controller-1", RegistrationAuthorityKind.LOCAL_CONTROLLER, List.of(SITE), List.of());
        var codec = Codec.of(RegistrationAuthority.class);
        var unusable = List.of(
                new byte[0],
                new byte[] {1, 2, 3},
                new byte[EventProcessor.LARGEST_EVENT_BYTES + 1],
                codec.encode(RegistrationAuthority.newBuilder(good)
                        .setEnvironment("production")
                        .build()),
                codec.encode(RegistrationAuthority.newBuilder(good)
                        .setName("controller-2")
                        .build()),
                codec.encode(RegistrationAuthority.newBuilder(good)
                        .setKind(RegistrationAuthorityKind.UNKNOWN)
                        .build()));
        for (var bytes : unusable) {
            enter(good);
            validator.pipe(Topics.REGISTRATION_AUTHORITY_REGISTRY, "controller-1", bytes);
            validator.request(behind(controller).submits(), 3);
            assertThat(authorized()).isEmpty();
        }
        enter(good);
        validator.pipe(Topics.REGISTRATION_AUTHORITY_REGISTRY, "controller-1", (byte[]) null);
        validator.request(behind(controller).submits(), 3);
        assertThat(authorized()).isEmpty();
        validator.pipe(Topics.REGISTRATION_AUTHORITY_REGISTRY, null, codec.encode(good));
        enter(good);
        validator.request(behind(controller).submits(), 3);
        assertThat(authorized()).hasSize(1);
    }

    @Test
    void mutatedEntriesNeverStopTheService() {
        var random = new Random(20261122);
        var whole = Codec.of(RegistrationAuthority.class)
                .encode(entry("controller-1", RegistrationAuthorityKind.LOCAL_CONTROLLER, List.of("Yard"), List.of()));
        var submission = behind(controller).submits();
        for (var round = 0; round < 300; round++) {
            var bytes = Arrays.copyOf(whole, random.nextInt(8) == 0 ? random.nextInt(whole.length) : whole.length);
            for (var change = random.nextInt(3); change >= 0 && bytes.length > 10; change--) {
                bytes[10 + random.nextInt(bytes.length - 10)] = (byte) random.nextInt(256);
            }
            validator.pipe(Topics.REGISTRATION_AUTHORITY_REGISTRY, "controller-1", bytes);
            validator.request(submission, 3);
        }
        assertThat(authorized()).isEmpty();
        assertThat(refusals()).hasSize(300);
    }
}
