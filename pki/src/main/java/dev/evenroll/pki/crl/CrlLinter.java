package dev.evenroll.pki.crl;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.asn1.X509Time;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;

/// The last look at a revocation list before it is signed (RFC 5280 section 5).
///
/// The bytes may come from anybody. What can not be decoded is a failure, never an exception.
public final class CrlLinter {
    private static final int MOST_NUMBER_BITS = 159;
    static final String REMOVED_FROM_COMPLETE =
            "revokedCertificates: removeFromCRL belongs into delta lists only (RFC 5280 section 5.3.1)";
    private static final Set<ASN1ObjectIdentifier> KNOWN = Set.of(
            Extension.authorityKeyIdentifier,
            Extension.cRLNumber,
            Extension.issuingDistributionPoint,
            Extension.deltaCRLIndicator,
            Extension.freshestCRL);

    private final TbsCertListReader list;
    private final IssuingCertificate issuer;
    private final Instant now;
    private final List<Failure> failures = new ArrayList<>();

    private CrlLinter(TbsCertListReader list, IssuingCertificate issuer, Instant now) {
        this.list = list;
        this.issuer = issuer;
        this.now = now;
    }

    /// Everything that is wrong; empty when the list may be signed.
    ///
    /// @param tbsCertList what would be signed, DER
    /// @param issuer the CA that would sign
    /// @param now the time of the examination
    public static List<Failure> lint(Der tbsCertList, IssuingCertificate issuer, Instant now) {
        try {
            var linter = new CrlLinter(TbsCertListReader.read(tbsCertList), issuer, now);
            linter.checkFrame();
            linter.checkAuthorityKeyIdentifier();
            linter.check("crl-number", linter::checkNumber);
            linter.check("scope", linter::checkScope);
            linter.checkExtensions();
            linter.check("update-times", linter::checkTimes);
            linter.check("revoked-certificates", linter::checkEntries);
            return List.copyOf(linter.failures);
        } catch (MalformedException e) {
            return List.of(new Failure("tbs-cert-list", String.valueOf(e.getMessage())));
        }
    }

    /// A check that decodes what was still encoded.
    private interface Check {
        void run() throws MalformedException;
    }

    private void check(String rule, Check check) {
        try {
            StrictDer.structure(rule, "is not of the type that RFC 5280 section 5 prescribes", () -> {
                check.run();
                return check;
            });
        } catch (MalformedException e) {
            fail(rule, String.valueOf(e.getMessage()));
        }
    }

    /// RFC 5280 sections 5.1.2.1 to 5.1.2.3.
    private void checkFrame() {
        if (!list.version().hasValue(1)) {
            fail("version", "version: must be 2");
        }
        if (!list.signature().equals(issuer.scheme().algorithmIdentifier())) {
            fail(
                    "signature-algorithm",
                    "signature: is not the algorithm of the CA key, "
                            + issuer.scheme().jcaName());
        }
        if (!list.issuer().equals(issuer.subjectDer())) {
            fail("issuer-name", "issuer: is not the subject name of the CA, byte for byte");
        }
    }

    /// RFC 5280 section 5.2.1.
    private void checkAuthorityKeyIdentifier() {
        Extension extension = list.extension(Extension.authorityKeyIdentifier).orElse(null);
        if (extension == null || extension.isCritical()) {
            fail("authority-key-identifier", "authorityKeyIdentifier: must be present and not critical");
            return;
        }
        byte[] expected = StrictDer.encode(new AuthorityKeyIdentifier(issuer.keyIdBytes()));
        if (!Arrays.equals(extension.getExtnValue().getOctets(), expected)) {
            fail(
                    "authority-key-identifier",
                    "authorityKeyIdentifier: must be the key identifier of the CA, and nothing else");
        }
    }

    /// RFC 5280 section 5.2.3.
    private void checkNumber() throws MalformedException {
        Extension extension = list.extension(Extension.cRLNumber).orElse(null);
        if (extension == null || extension.isCritical()) {
            fail("crl-number", "cRLNumber: must be present and not critical");
            return;
        }
        BigInteger number = integer(extension);
        if (number.signum() < 0 || number.bitLength() > MOST_NUMBER_BITS) {
            fail("crl-number", "cRLNumber: must not be negative, and have at most 20 octets");
        }
    }

    private void checkExtensions() {
        for (ASN1ObjectIdentifier type : list.extensions().getExtensionOIDs()) {
            if (!KNOWN.contains(type)) {
                fail("extensions", "crlExtensions: " + type.getId() + " does not belong into a list of this CA");
            }
        }
    }

    /// RFC 5280 sections 5.2.4 to 5.2.6.
    private void checkScope() throws MalformedException {
        checkCritical(Extension.issuingDistributionPoint, "issuingDistributionPoint", true);
        checkCritical(Extension.deltaCRLIndicator, "deltaCRLIndicator", true);
        checkCritical(Extension.freshestCRL, "freshestCRL", false);
        var _ = PreparedCrl.addresses(list);
        if (!(PreparedCrl.kind(list) instanceof CrlKind.Delta(long base))) {
            return;
        }
        if (list.extension(Extension.freshestCRL).isPresent()) {
            fail("scope", "freshestCRL: must be absent in a delta list");
        }
        var number = list.extension(Extension.cRLNumber);
        if (number.isPresent() && BigInteger.valueOf(base).compareTo(integer(number.get())) >= 0) {
            fail("scope", "deltaCRLIndicator: " + base + " is not below the cRLNumber");
        }
    }

    private void checkCritical(ASN1ObjectIdentifier type, String name, boolean critical) {
        if (list.extension(type).filter(found -> found.isCritical() != critical).isPresent()) {
            fail("scope", name + ": must " + (critical ? "" : "not ") + "be critical");
        }
    }

    private static BigInteger integer(Extension extension) throws MalformedException {
        return ASN1Integer.getInstance(TbsCertListReader.value(extension)).getValue();
    }

    /// RFC 5280 sections 5.1.2.4 and 5.1.2.5.
    private void checkTimes() throws MalformedException {
        Instant thisUpdate = X509Time.decode(list.thisUpdate(), "thisUpdate");
        Instant nextUpdate = X509Time.decode(list.nextUpdate(), "nextUpdate");
        if (thisUpdate.isAfter(now)) {
            fail("update-times", "thisUpdate: " + thisUpdate + " lies in the future");
        }
        if (!nextUpdate.isAfter(thisUpdate)) {
            fail("update-times", "nextUpdate: " + nextUpdate + " does not lie after thisUpdate " + thisUpdate);
        }
        if (now.isAfter(issuer.certificateNotAfter()) || now.isBefore(issuer.notBefore())) {
            fail("update-times", "issuer: the CA certificate is not valid now; renew the CA");
        }
    }

    /// RFC 5280 sections 5.1.2.6 and 5.3.
    private void checkEntries() throws MalformedException {
        if (list.hasEmptyList()) {
            fail("revoked-certificates", "revokedCertificates: must be absent when no certificate is revoked");
        }
        boolean delta = list.extension(Extension.deltaCRLIndicator).isPresent();
        Set<String> met = new HashSet<>();
        for (TbsCertListReader.Line line : list.lines()) {
            RevokedEntry entry = line.entry();
            if (!met.add(entry.serialNumberHex())) {
                fail("revoked-certificates", "revokedCertificates: " + entry.serialNumberHex() + " stands in it twice");
            }
            if (entry.reason() == CrlReason.REMOVE_FROM_CRL && !delta) {
                fail("revoked-certificates", REMOVED_FROM_COMPLETE);
            }
            if (entry.revokedAt().isAfter(now)) {
                fail(
                        "revoked-certificates",
                        "revokedCertificates: " + entry.serialNumberHex() + " is revoked in the future");
            }
            checkEntryExtensions(line, entry);
        }
    }

    private void checkEntryExtensions(TbsCertListReader.Line line, RevokedEntry entry) {
        if (line.extensions() == null) {
            return;
        }
        boolean reasonAlone = line.extensions().getExtensionOIDs().length == 1
                && line.extensions().getExtension(Extension.reasonCode) != null
                && !line.extensions().getExtension(Extension.reasonCode).isCritical();
        if (!reasonAlone || entry.reason() == CrlReason.UNSPECIFIED) {
            fail(
                    "revoked-certificates",
                    "revokedCertificates: " + entry.serialNumberHex()
                            + " may carry a reason other than unspecified, and nothing else");
        }
    }

    private void fail(String rule, String message) {
        failures.add(new Failure(rule, message));
    }
}
