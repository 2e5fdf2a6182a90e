package dev.evenroll.e2e.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.tls.ClientIdentity;
import dev.evenroll.e2e.client.CurlDevice;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.awaitility.Awaitility;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Devices that come back with a certificate whose time is over.
@ExtendWith(WithStack.class)
class RenewalJourneyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory = Path.of("");

    @Test
    void anExpiredCertificateRenewsNothing(RunningStack stack) throws Exception {
        var name = RunningStack.newDeviceId();
        stack.fleet().register(name);
        var device = withCertificate(stack, name, Duration.ofDays(30), Duration.ofSeconds(5));

        var refused = device.posts("simplereenroll");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body())
                .contains("renewal-expired: requester certificate: expired on ")
                .contains("enroll anew with the manufacturer's certificate or a token");
    }

    @Test
    void withinTheGraceOfAPolicyItGoesToQuarantineAndAPersonDecides(RunningStack stack) throws Exception {
        var operator = Operator.of(stack, directory);
        var name = RunningStack.newDeviceId();
        stack.fleet().register(name);
        var device = withCertificate(stack, name, Duration.ofDays(30), Duration.ofSeconds(5));
        var tooLate = withCertificate(stack, name, Duration.ofDays(60), Duration.ofMinutes(4));
        try (var _ = Policies.of(stack, """
                version: grace
                renewal: { graceAfterExpiry: PT3M30S }
                policies:
                  - name: nobody
                    match: { serialNumber: "NOBODY" }
                    decision: refuse
                    reason: renewals only
                """)) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(device.posts("simplereenroll").status()).isEqualTo(202));
            assertThat(operator.stateOf(name)).isEqualTo("quarantined");
            assertThat(tooLate.posts("simplereenroll").body()).contains("a renewal was possible until");

            operator.does(
                    "approval",
                    "approve",
                    name,
                    operator.approval(name).get("enrollmentId").asText(),
                    "--reason",
                    "was without power for a week",
                    "--yes");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(device.posts("simplereenroll").status()).isEqualTo(200));
            assertThat(operator.stateOf(name)).isEqualTo("enrolled");
        }
    }

    @Test
    void aCertificateOlderThanOneInUseIsRetired(RunningStack stack) throws Exception {
        var name = RunningStack.newDeviceId();
        var enrolled = stack.fleet().registered(name);
        enrolled.enrolls().receivesCertificate();
        var older = withCertificate(stack, name, Duration.ofDays(30), Duration.ofDays(-30));
        // With the latest one: from now on every older one is retired.
        enrolled.renews().receivesCertificate();

        var refused = older.posts("simplereenroll");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("renewal-superseded: requester certificate: was replaced by a later one");
    }

    /// The shortest time that a policy can give a person.
    @Test
    void whatNobodyDecidesInTimeIsRefused(RunningStack stack) throws Exception {
        var operator = Operator.of(stack, directory);
        try (var _ = Policies.of(
                stack, """
                version: expires
                policies:
                  - name: one-minute
                    match: { manufacturer: %s, serialNumber: "JIT-LATE-[0-9]+" }
                    decision: approve
                    reason: somebody has to look
                    approvalExpires: PT1M
                    unknownDevices: register
                    register: { owner: Just Charging, site: unassigned, model: X1 }
                """.formatted(stack.connection().manufacturer().name()))) {
            var device = new CurlDevice(Files.createDirectories(directory.resolve("late")), stack.connection())
                    .identifiedBy(stack.manufacturer().identify("JIT-LATE-1", Keys.generateP256()))
                    .makesRequest("/CN=JIT-LATE-1");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(device.posts("simpleenroll").status()).isEqualTo(202));
            var enrollment = operator.approval("JIT-LATE-1").get("enrollmentId").asText();

            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(2))
                    .untilAsserted(
                            () -> assertThat(operator.waits("JIT-LATE-1")).isFalse());

            var late = operator.tries("approval", "approve", "JIT-LATE-1", enrollment, "--reason", "late", "--yes");
            assertThat(late.exitCode()).isNotZero();
            assertThat(late.errors()).contains("JIT-LATE-1");
        }
    }

    /// A device with a certificate of the stack's issuing CA, as one that was issued some time ago. It has to have
    /// ended after the CA began, which is back-dated by five minutes.
    ///
    /// @param since how long ago its validity began
    /// @param over how long ago it ended
    private CurlDevice withCertificate(RunningStack stack, String name, Duration since, Duration over)
            throws Exception {
        var keys = Keys.generateP256();
        var subject = "/O=Local Operator/CN=" + name;
        var now = Instant.now();
        var certificate = certificate(
                issuingAuthority(stack), subject(name), keys.getPublic(), now.minus(since), now.minus(over));
        return new CurlDevice(Files.createTempDirectory(directory, "device"), stack.connection())
                .identifiedBy(new ClientIdentity(keys.getPrivate(), List.of(certificate)))
                .makesRequest(subject);
    }

    private static X500Principal subject(String name) {
        return new X500Principal("CN=" + name + ",O=Local Operator");
    }

    private static CertificateAuthority issuingAuthority(RunningStack stack) throws Exception {
        var password = Files.readString(stack.data().resolve("ca/keys/issuing-1.password"))
                .strip();
        return CertificateAuthority.loadPkcs12(
                stack.data().resolve("ca/keys/issuing-1.p12"), password.toCharArray(), InstantSource.system());
    }

    private static X509Certificate certificate(
            CertificateAuthority authority, X500Principal subject, PublicKey key, Instant notBefore, Instant notAfter)
            throws Exception {
        var builder = new JcaX509v3CertificateBuilder(
                authority.certificate(),
                new BigInteger(127, new SecureRandom()).setBit(126),
                Date.from(notBefore),
                Date.from(notAfter),
                subject,
                key);
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                new AuthorityKeyIdentifier(authority.issuingCertificate().keyIdBytes()));
        var signer = new JcaContentSignerBuilder("SHA256withECDSA")
                .build(authority.keys().getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }
}
