package dev.evenroll.pki.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.fixture.Mutations;
import dev.evenroll.pki.path.TrustAnchors;
import dev.evenroll.pki.request.CertificationRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Primitive;
import org.junit.jupiter.api.Test;

class KeyAttestationHostileInputTest {
    private static final AttestedDevice DEVICE = new AttestedDevice("CP-0001", "acme", "X1");
    private static final TrustAnchors ANCHORS = TrustAnchors.of(Map.of("acme", List.of(Forgery.ACME.certificate())));
    private static final Forgery GENUINE = Forgery.genuine();
    private static final Der BUNDLE = Der.of(StrictDer.encode(GENUINE.bundle(GENUINE.statement())));

    @Test
    void aBundleGivesFailuresNeverExceptions() {
        Mutations.of(BUNDLE, 2500, 51)
                .flatMap(KeyAttestationHostileInputTest::requestWith)
                .forEach(request -> judge(request)
                        .forEach(failure -> assertThat(failure.message()).isNotBlank()));
    }

    /// Whatever else a bundle holds, what is attested is what the TPM has said, in its own bytes.
    @Test
    void whatPassesHoldsTheGenuineStructures() {
        Mutations.of(BUNDLE, 2500, 52)
                .flatMap(KeyAttestationHostileInputTest::requestWith)
                .filter(request -> judge(request).isEmpty())
                .forEach(request -> {
                    String passed = request.der().toString();
                    assertThat(contains(request.der(), GENUINE.attest()))
                            .as(passed)
                            .isTrue();
                    assertThat(contains(request.der(), GENUINE.publicArea()))
                            .as(passed)
                            .isTrue();
                });
    }

    @Test
    void everyDamageToTheStructuresOfTheTpmIsRefused() {
        Map<Der, BiFunction<Forgery, Der, Forgery>> structures = Map.of(
                GENUINE.attest(), Damage::attest,
                GENUINE.publicArea(), Damage::publicArea,
                GENUINE.signature(), Forgery::withSignature);
        structures.forEach((good, put) -> damaged(good, 300)
                .filter(bytes -> !bytes.equals(good))
                .forEach(bytes -> assertThat(
                                judge(decoded(put.apply(GENUINE, bytes).request())))
                        .isNotEmpty()));
    }

    /// The same, with the damage attested and signed by an attestation key that the manufacturer has certified: it
    /// is refused, or the key is still the one of the request and can not leave the TPM.
    @Test
    void whatIsAttestedIsStillJudged() {
        damaged(GENUINE.publicArea(), 300).forEach(bytes -> {
            CertificationRequest request = decoded(GENUINE.withPublicArea(bytes).request());
            if (judge(request).isEmpty()) {
                TpmPublic area = read(bytes);
                assertThat(area.subjectPublicKeyInfo()).isEqualTo(request.subjectPublicKeyInfo());
                assertThat(area.has(TpmPublic.FIXED_TPM)).isTrue();
            }
        });
        damaged(GENUINE.attest(), 300)
                .forEach(bytes -> judge(decoded(GENUINE.withAttest(bytes).request())));
    }

    /// Puts a structure in the place of another without signing it.
    private static final class Damage {
        static Forgery attest(Forgery forgery, Der other) {
            return forgery.withAttest(other).withSignature(forgery.signature());
        }

        static Forgery publicArea(Forgery forgery, Der other) {
            return new Forgery(
                    forgery.keys(),
                    forgery.attestationKey(),
                    other,
                    forgery.attest(),
                    forgery.signature(),
                    forgery.certs());
        }
    }

    /// Every truncation, every byte with its lowest bit turned, and random damage.
    private static Stream<Der> damaged(Der good, int count) {
        var random = new Random(53);
        byte[] bytes = good.bytes();
        Function<Integer, Der> turned = at -> Forgery.patched(good, at, bytes[at] ^ 1);
        return Stream.of(
                        IntStream.range(0, bytes.length).mapToObj(length -> Der.of(Arrays.copyOf(bytes, length))),
                        IntStream.range(0, bytes.length).boxed().map(turned),
                        Stream.generate(() -> Forgery.patched(good, random.nextInt(bytes.length), random.nextInt(256)))
                                .limit(count))
                .flatMap(each -> each);
    }

    private static Stream<CertificationRequest> requestWith(Der bundle) {
        try {
            return Stream.of(CertificationRequest.decode(GENUINE.request(ASN1Primitive.fromByteArray(bundle.bytes()))));
        } catch (IOException | MalformedException | RuntimeException e) {
            // What is no ASN.1 can not stand in a request: its decoding is tested elsewhere.
            return Stream.empty();
        }
    }

    private static CertificationRequest decoded(Der request) {
        try {
            return CertificationRequest.decode(request);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static TpmPublic read(Der bytes) {
        try {
            return TpmPublic.read(bytes);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Failure> judge(CertificationRequest request) {
        return KeyAttestation.problems(request, DEVICE, ANCHORS, _ -> false, Fixture.NOW);
    }

    private static boolean contains(Der whole, Der part) {
        byte[] bytes = whole.bytes();
        Optional<Integer> found = IntStream.rangeClosed(0, bytes.length - part.length())
                .filter(at -> Arrays.equals(bytes, at, at + part.length(), part.bytes(), 0, part.length()))
                .boxed()
                .findFirst();
        return found.isPresent();
    }
}
