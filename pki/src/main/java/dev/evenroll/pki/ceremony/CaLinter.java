package dev.evenroll.pki.ceremony;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.TBSCertificate;

/// The last look at a certificate of a CA before it is signed.
///
/// What can not be decoded is a failure, never an exception: nothing unreadable is signed.
final class CaLinter {

    private static final int MAXIMUM_BYTES = 16 * 1024;
    private static final String FIELD = "tbsCertificate";

    private static final List<CaRule> RULES = List.of(
            new CaSerialNumberRule(),
            new CaSignatureAlgorithmRule(),
            new CaIssuerRule(),
            new CaValidityRule(),
            new CaSubjectRule(),
            new CaPublicKeyRule(),
            new CaExtensionSetRule(),
            new CaBasicConstraintsRule(),
            new CaKeyUsageRule(),
            new CaKeyIdentifierRule());

    private CaLinter() {}

    static List<Failure> lint(CaPreparation prepared) {
        try {
            var examination =
                    new CaExamination(read(prepared.tbs()), prepared.use(), prepared.signer(), prepared.now());
            return RULES.stream().flatMap(rule -> judge(rule, examination)).toList();
        } catch (MalformedException e) {
            return List.of(new Failure("tbs-certificate", String.valueOf(e.getMessage())));
        }
    }

    private static TBSCertificate read(Der tbs) throws MalformedException {
        var sequence = StrictDer.sequence(tbs, FIELD, MAXIMUM_BYTES);
        return StrictDer.structure(FIELD, "is DER but not a TBSCertificate (RFC 5280 section 4.1)", () -> {
            var certificate = TBSCertificate.getInstance(sequence);
            if (certificate.getVersionNumber() != 3
                    || certificate.getIssuerUniqueId() != null
                    || certificate.getSubjectUniqueId() != null) {
                throw new MalformedException(FIELD, "must be of version 3, without unique identifiers");
            }
            return certificate;
        });
    }

    private static Stream<Failure> judge(CaRule rule, CaExamination examination) {
        try {
            List<String> problems = StrictDer.structure(
                    rule.name(),
                    "is not of the type that RFC 5280 section 4 prescribes",
                    () -> rule.judge(examination));
            return problems.stream().map(message -> new Failure(rule.name(), message));
        } catch (MalformedException e) {
            return Stream.of(new Failure(rule.name(), String.valueOf(e.getMessage())));
        }
    }
}
