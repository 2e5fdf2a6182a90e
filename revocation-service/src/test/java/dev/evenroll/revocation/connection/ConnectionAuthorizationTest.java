package dev.evenroll.revocation.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.revocation.connection.ConnectionOutcome.Authorized;
import dev.evenroll.revocation.connection.ConnectionOutcome.Refused;
import dev.evenroll.revocation.connection.ConnectionOutcome.Unanswerable;
import dev.evenroll.revocation.connection.KnownDevice.Standing;
import dev.evenroll.revocation.connection.WithdrawnCertificates.Withdrawal;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionAuthorizationTest {

    private static final String OF_SN_1 = "CN=SN-1,O=Stadtwerke";

    private final TestStations stations = new TestStations();
    private final X509Certificate certificate = stations.station("SN-1");

    private static Refused refused(RefusalReason reason, String message) {
        return new Refused(reason, message, OF_SN_1);
    }

    @Test
    void aStationConnectsUnderItsOcppIdentityWithItsCertificate() {
        assertThat(stations.connects(certificate, "CP-1"))
                .isEqualTo(new Authorized(new DeviceId("SN-1"), TestStations.id(certificate)));
    }

    @Test
    void nobodyConnectsUnderTheIdentityOfAnother() {
        stations.registered("SN-2", "CP-2", Standing.IN_SERVICE);

        assertThat(stations.connects(certificate, "CP-2"))
                .isEqualTo(refused(
                        RefusalReason.IDENTITY,
                        "The registry does not have this device under the OCPP identity CP-2."));
    }

    @Test
    void theSerialNumberIsNoIdentity() {
        assertThat(stations.connects(certificate, "SN-1"))
                .isEqualTo(refused(
                        RefusalReason.IDENTITY,
                        "The registry does not have this device under the OCPP identity SN-1."));
    }

    @Test
    void aUrlWithoutIdentityNamesNobody() {
        assertThat(stations.authorization().authorize(Optional.of(certificate), Optional.empty()))
                .isEqualTo(refused(RefusalReason.IDENTITY, "The URL does not end with an OCPP identity."));
    }

    @Test
    void aDeviceThatTheRegistryDoesNotHaveDoesNotConnect() {
        stations.devices.remove("SN-1");

        assertThat(stations.connects(certificate, "CP-1"))
                .isEqualTo(refused(RefusalReason.IDENTITY, "The registry has no device with this serial number."));
    }

    @Test
    void nobodyConnectsWithoutACertificate() {
        assertThat(stations.authorization().authorize(Optional.empty(), Optional.of("CP-1")))
                .isEqualTo(new Refused(RefusalReason.CHAIN, "No certificate was presented.", "nobody"));
    }

    @Test
    void aCertificateOfAnotherCaIsRefusedWhateverItsCaIsCalled() {
        var stranger = stations.authority("Evenroll Issuing CA 1 (test)");

        assertThat(stations.connects(TestStations.station("SN-1", TestStations.OWNER, stranger), "CP-1"))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(RefusalReason.CHAIN);
                    assertThat(refused.message())
                            .startsWith(
                                    "No CA of this environment vouches for it: the certificate of " + OF_SN_1 + " ");
                });
    }

    @Test
    void aCaDoesNotConnect() {
        assertThat(stations.connects(stations.issuing.issuingCertificate().certificate(), "CP-1"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.CHAIN));
    }

    @Test
    void aCertificateOfAnotherEnvironmentIsCalledThat() {
        var production = stations.authority("Evenroll Issuing CA 1 (production)");

        assertThat(stations.connects(TestStations.station("SN-1", TestStations.OWNER, production), "CP-1"))
                .isEqualTo(refused(
                        RefusalReason.ENVIRONMENT,
                        "The certificate is of the environment production, and this is test."));
    }

    @Test
    void anExpiredCertificateIsRefusedForItsTimeAndAForeignOneForItsChain() {
        var foreign = TestStations.station("SN-1", TestStations.OWNER, stations.authority("Other CA"));
        stations.clock.advance(Duration.ofDays(400));
        stations.freshness.knownAsOf(stations.clock.instant());

        assertThat(stations.connects(certificate, "CP-1"))
                .isEqualTo(refused(
                        RefusalReason.TIME,
                        "The certificate is valid from 2026-11-22T09:55:00Z to 2027-11-22T09:54:59Z."));
        assertThat(stations.connects(foreign, "CP-1"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.CHAIN));
    }

    @Test
    void aCertificateIsNotTakenBeforeItsTime() {
        stations.clock.advance(Duration.ofMinutes(-6));
        stations.freshness.knownAsOf(stations.clock.instant());

        assertThat(stations.connects(certificate, "CP-1"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.TIME));
    }

    @Test
    void whatIsWithdrawnDoesNotConnect() {
        stations.withdrawn.put(TestStations.id(certificate), Withdrawal.ON_HOLD);
        assertThat(stations.connects(certificate, "CP-1"))
                .isEqualTo(refused(RefusalReason.ON_HOLD, "The certificate is on hold."));

        stations.withdrawn.put(TestStations.id(certificate), Withdrawal.REVOKED);
        assertThat(stations.connects(certificate, "CP-1"))
                .isEqualTo(refused(RefusalReason.REVOKED, "The certificate is revoked."));

        assertThat(stations.connects(stations.station("SN-1"), "CP-1")).isInstanceOf(Authorized.class);
    }

    @Test
    void whatIsRevokedIsNeverOnHoldAgain() {
        stations.withdrawn.put(TestStations.id(certificate), Withdrawal.REVOKED);
        stations.withdrawn.put(TestStations.id(certificate), Withdrawal.ON_HOLD);

        assertThat(stations.withdrawn.find(TestStations.id(certificate))).contains(Withdrawal.REVOKED);
        assertThat(stations.withdrawn.size()).isEqualTo(1);
    }

    @Test
    void aTlsServerDoesNotConnect() {
        var server = stations.issuing.issueServer(
                "SN-1", List.of("sn.example"), List.of(), TestStations.KEYS.getPublic(), Duration.ofDays(1));

        assertThat(stations.connects(server, "CP-1"))
                .isEqualTo(new Refused(
                        RefusalReason.PROFILE,
                        "The certificate is not that of a TLS client (extendedKeyUsage).",
                        "CN=SN-1"));
    }

    @Test
    void aTlsClientConnects() {
        assertThat(stations.connects(stations.issuing.issueClient("SN-1", TestStations.KEYS.getPublic()), "CP-1"))
                .isInstanceOf(Authorized.class);
    }

    @Test
    void aDeviceOfAnotherProfileDoesNotConnect() {
        stations.devices.put(
                "SN-1", new KnownDevice("CP-1", TestStations.OWNER, "local-controller", Standing.IN_SERVICE));

        assertThat(stations.connects(certificate, "CP-1"))
                .isEqualTo(
                        refused(RefusalReason.PROFILE, "Devices of the profile local-controller do not connect here."));
    }

    @ParameterizedTest
    @CsvSource({
        "SUSPENDED,      The device is suspended.",
        "QUARANTINED,    The device is in quarantine.",
        "DECOMMISSIONED, The device is decommissioned.",
        "UNKNOWN,        The device is in a state that this version does not know."
    })
    void aDeviceThatIsNotInServiceDoesNotConnect(Standing standing, String message) {
        stations.registered("SN-1", "CP-1", standing);

        assertThat(stations.connects(certificate, "CP-1")).isEqualTo(refused(RefusalReason.DEVICE_STATE, message));
    }

    @Test
    void theCertificateOfTheFormerOwnerDoesNotConnect() {
        var former = TestStations.station("SN-1", "Seller", stations.issuing);

        assertThat(stations.connects(former, "CP-1"))
                .isEqualTo(new Refused(
                        RefusalReason.DEVICE_STATE,
                        "The device belongs to another owner than the certificate says.",
                        "CN=SN-1,O=Seller"));
    }

    @Test
    void nobodyConnectsBeforeEverythingIsKnown() {
        stations.freshness.lost();

        assertThat(stations.connects(certificate, "CP-1"))
                .isEqualTo(new Unanswerable("Nobody is let in: the registry is not complete yet."));
    }

    @Test
    void nobodyConnectsWhenWhatIsKnownIsTooOld() {
        stations.clock.advance(Duration.ofSeconds(15));
        assertThat(stations.connects(certificate, "CP-1")).isInstanceOf(Authorized.class);

        stations.clock.advance(Duration.ofSeconds(1));
        assertThat(stations.connects(certificate, "CP-1"))
                .isEqualTo(new Unanswerable(
                        "Nobody is let in: the registry is known as of 16 s ago, which is too old; see whether the"
                                + " broker can be reached."));
    }

    /// What is looked up while everything is read anew could be missing just then.
    @Test
    void whatWasForgottenWhileWeLookedCountsForNothing() {
        var authorization = new ConnectionAuthorization(
                new Environment("test"),
                () -> {
                    stations.freshness.lost();
                    stations.freshness.knownAsOf(stations.clock.instant());
                    return stations.authorities.get();
                },
                stations.devices,
                stations.withdrawn,
                Set.of(TestStations.PROFILE),
                new LocalKnowledge(List.of(stations.freshness)),
                stations.clock);

        assertThat(authorization.authorize(Optional.of(certificate), Optional.of("CP-1")))
                .isEqualTo(new Unanswerable("Nobody is let in: what is known here is being read anew."));
    }
}
