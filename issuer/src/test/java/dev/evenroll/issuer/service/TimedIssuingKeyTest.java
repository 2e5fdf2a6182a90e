package dev.evenroll.issuer.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.hsm.key.IssuingKey;
import dev.evenroll.hsm.key.SigningFaultException;
import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.issuer.authority.Authorities;
import dev.evenroll.issuer.authority.Authority;
import dev.evenroll.issuer.issuance.Admission;
import dev.evenroll.issuer.issuance.CertificateIssuer;
import dev.evenroll.issuer.issuance.PreparedEnrollment;
import dev.evenroll.issuer.scene.TestKeys;
import dev.evenroll.issuer.scene.TestProfiles;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.identity.AuthorityName;
import dev.evenroll.pki.issuance.CertificatePreparation;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.SerialNumber;
import dev.evenroll.pki.issuance.SignatureScheme;
import dev.evenroll.pki.profile.Assurance;
import dev.evenroll.pki.profile.Subject;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The key as the issuer has it: as many signatures at a time as the one inside makes, with nothing in between that
/// lets one only pass.
class TimedIssuingKeyTest {

    private static final int SESSIONS = 8;

    private final TestCa ca = TestCa.create();

    @Test
    void allSessionsAreBusyAtOnce() throws Exception {
        try (var key = new TimedIssuingKey(
                        new AllAtOnce(ca), new AuthorityName("issuing-1"), new SimpleMeterRegistry());
                var pool = Executors.newFixedThreadPool(key.concurrency())) {
            assertThat(key.concurrency()).isEqualTo(SESSIONS);
            var issuer = new CertificateIssuer(
                    Authorities.only(new Authority(new AuthorityName("issuing-1"), key, ca.certificate())),
                    TestProfiles.PROFILES,
                    TestCa.CLOCK);
            var issued = pool.invokeAll(IntStream.range(0, 2 * SESSIONS)
                    .<Callable<Der>>mapToObj(number -> () -> issue(issuer, "EV-" + number))
                    .toList());
            var subjects = new ArrayList<String>();
            for (var certificate : issued) {
                subjects.add(Certificates.subject(Certificates.decode(certificate.get())));
            }
            assertThat(subjects)
                    .isEqualTo(IntStream.range(0, 2 * SESSIONS)
                            .mapToObj(number -> "CN=EV-" + number + ",O=Grid Co")
                            .toList());
            assertThat(key.facts()).containsEntry("signatures", Integer.toString(2 * SESSIONS));
        }
    }

    private Der issue(CertificateIssuer issuer, String device) throws SigningFaultException {
        var prepared = CertificatePreparation.prepare(
                ca.certificate(),
                TestProfiles.PROFILE,
                Subject.of(device, "Grid Co"),
                TestKeys.P256,
                SerialNumber.random(new SecureRandom()),
                TestCa.NOW);
        var admission = issuer.admit(new PreparedEnrollment(
                device,
                TestProfiles.PROFILE.name(),
                ca.certificate().keyId(),
                prepared.serialNumber().hex(),
                prepared.tbsCertificate(),
                Assurance.SOFTWARE_KEY,
                false));
        assertThat(admission).isInstanceOf(Admission.Admitted.class);
        return issuer.issue((Admission.Admitted) admission);
    }

    /// Signs when as many ask for it as it has sessions; one by one it never would.
    private record AllAtOnce(TestCa ca, CyclicBarrier all) implements IssuingKey {

        AllAtOnce(TestCa ca) {
            this(ca, new CyclicBarrier(SESSIONS));
        }

        @Override
        public byte[] sign(byte[] tbs) throws SigningFaultException {
            try {
                all.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new SigningFaultException("Not all sessions are used.", e);
            }
            return ca.authority().sign(Der.of(tbs));
        }

        @Override
        public int concurrency() {
            return SESSIONS;
        }

        @Override
        public void prove(IssuingCertificate certificate) {}

        @Override
        public SignatureScheme scheme() {
            return ca.certificate().scheme();
        }

        @Override
        public String description() {
            return "key of all at once";
        }

        @Override
        public void close() {}
    }
}
