package dev.evenroll.pki.crl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.fixture.Mutations;
import dev.evenroll.pki.fixture.OpenSsl;
import dev.evenroll.pki.fixture.TbsForge;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Lists of a part of a CA's certificates, and delta lists (RFC 5280 sections 5.2.4 to 5.2.6).
class CrlScopeTest {
    private static final IssuingCertificate ISSUER = Fixture.CA.issuingCertificate();
    private static final Instant NOW = Fixture.NOW;
    private static final String URL = "http://crl.example/0a-3.crl";
    private static final String OTHER = "http://mirror.example/0a/3.crl";
    private static final String FRESHEST = "http://crl.example/0a-3-delta.crl";
    private static final TbsForge COMPLETE = TbsForge.crl(prepared(new CrlKind.Complete(FRESHEST)));
    private static final TbsForge DELTA = TbsForge.crl(prepared(new CrlKind.Delta(6)));

    private static Der prepared(CrlKind kind) {
        return CrlPreparation.prepare(
                ISSUER,
                new CrlHead(7, NOW, NOW.plusSeconds(60), List.of(URL, OTHER), kind),
                List.of(new RevokedEntry("0a", NOW, CrlReason.CERTIFICATE_HOLD)).iterator());
    }

    @Test
    void readsWhatItWrote() throws Exception {
        var complete = PreparedCrl.read(COMPLETE.der());
        assertThat(complete.addresses()).containsExactly(URL, OTHER);
        assertThat(complete.kind()).isEqualTo(new CrlKind.Complete(FRESHEST));
        assertThat(CrlLinter.lint(COMPLETE.der(), ISSUER, NOW)).isEmpty();

        var delta = PreparedCrl.read(DELTA.der());
        assertThat(delta.number()).isEqualTo(BigInteger.valueOf(7));
        assertThat(delta.addresses()).containsExactly(URL, OTHER);
        assertThat(delta.kind()).isEqualTo(new CrlKind.Delta(6));
        assertThat(CrlLinter.lint(DELTA.der(), ISSUER, NOW)).isEmpty();
    }

    @Test
    void aDeltaListMayTakeBack() throws Exception {
        var removed = new RevokedEntry("0a", NOW, CrlReason.REMOVE_FROM_CRL);
        var delta = CrlPreparation.prepare(
                ISSUER,
                new CrlHead(7, NOW, NOW.plusSeconds(60), List.of(URL), new CrlKind.Delta(6)),
                List.of(removed).iterator());

        assertThat(CrlLinter.lint(delta, ISSUER, NOW)).isEmpty();
        assertThat(PreparedCrl.read(delta).entries()).containsExactly(removed);
    }

    @Test
    void opensslReadsBoth(@TempDir Path directory) throws Exception {
        assertThat(text(COMPLETE.der(), directory))
                .contains("Issuing Distribution Point: critical", "URI:" + URL, "URI:" + OTHER, "Freshest CRL")
                .contains("URI:" + FRESHEST);
        assertThat(text(DELTA.der(), directory))
                .contains("Delta CRL Indicator: critical", "Issuing Distribution Point: critical");
    }

    private static String text(Der tbs, Path directory) throws Exception {
        var crl = CrlAssembly.assemble(tbs, ISSUER.scheme(), Fixture.CA.sign(tbs), ISSUER);
        var file = Files.writeString(directory.resolve("list.pem"), Pem.encodeCrl(crl));
        return OpenSsl.run("crl", "-in", file, "-noout", "-text").output();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("forgeries")
    void refuses(String rule, String message, TbsForge forged) {
        assertThat(CrlLinter.lint(forged.der(), ISSUER, NOW)).containsExactly(new Failure(rule, message));
    }

    static Stream<Arguments> forgeries() {
        String form = "issuingDistributionPoint: must hold URLs as fullName, and nothing else";
        return Stream.of(
                arguments(
                        "scope",
                        "issuingDistributionPoint: must be critical",
                        with(COMPLETE, Extension.issuingDistributionPoint, false, point(URL, false))),
                arguments("scope", form, with(COMPLETE, Extension.issuingDistributionPoint, true, point(URL, true))),
                arguments("scope", form, with(COMPLETE, Extension.issuingDistributionPoint, true, new DERSequence())),
                arguments(
                        "scope",
                        form,
                        with(
                                COMPLETE,
                                Extension.issuingDistributionPoint,
                                true,
                                CrlAddresses.issuingDistributionPoint(List.of()))),
                arguments(
                        "scope",
                        form,
                        with(COMPLETE, Extension.issuingDistributionPoint, true, named(new X500Name("CN=A")))),
                arguments(
                        "scope",
                        "freshestCRL: must not be critical",
                        with(COMPLETE, Extension.freshestCRL, true, CrlAddresses.freshest(FRESHEST))),
                arguments(
                        "scope",
                        "freshestCRL: must hold URLs as fullName, and nothing else",
                        with(COMPLETE, Extension.freshestCRL, false, new DEROctetString(new byte[2]))),
                arguments(
                        "scope",
                        "freshestCRL: must be absent in a delta list",
                        with(DELTA, Extension.freshestCRL, false, CrlAddresses.freshest(FRESHEST))),
                arguments(
                        "scope",
                        "deltaCRLIndicator: must be critical",
                        with(DELTA, Extension.deltaCRLIndicator, false, new ASN1Integer(6))),
                arguments(
                        "scope",
                        "deltaCRLIndicator: 7 is not below the cRLNumber",
                        with(DELTA, Extension.deltaCRLIndicator, true, new ASN1Integer(7))),
                arguments(
                        "scope",
                        "deltaCRLIndicator: must not be negative, and less than 2^63",
                        with(DELTA, Extension.deltaCRLIndicator, true, new ASN1Integer(-1))),
                arguments(
                        "scope",
                        "deltaCRLIndicator: is not an INTEGER (RFC 5280 section 5.2)",
                        with(DELTA, Extension.deltaCRLIndicator, true, new DEROctetString(new byte[2]))));
    }

    @Test
    void hostileInputGivesFailuresNeverExceptions() {
        for (var good : List.of(COMPLETE, DELTA)) {
            Mutations.of(good.der(), 3000, 52).forEach(der -> {
                var failures = CrlLinter.lint(der, ISSUER, NOW);
                try {
                    assertThat(PreparedCrl.read(der).tbsCertList()).isEqualTo(der);
                } catch (MalformedException e) {
                    assertThat(failures).isNotEmpty();
                }
            });
        }
    }

    private static TbsForge with(TbsForge list, ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
        return list.with(type, critical, value);
    }

    private static IssuingDistributionPoint point(String url, boolean userCertificatesOnly) {
        var name = new GeneralName(GeneralName.uniformResourceIdentifier, url);
        return new IssuingDistributionPoint(
                new DistributionPointName(new GeneralNames(name)), userCertificatesOnly, false, null, false, false);
    }

    private static IssuingDistributionPoint named(X500Name name) {
        var names = new GeneralNames(new GeneralName(name));
        return new IssuingDistributionPoint(new DistributionPointName(names), false, false, null, false, false);
    }
}
