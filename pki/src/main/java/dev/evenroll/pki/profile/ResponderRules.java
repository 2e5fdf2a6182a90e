package dev.evenroll.pki.profile;

import dev.evenroll.pki.KeyPurpose;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What is different for OCSP responders (RFC 6960 section 4.2.2.2): such a one is trusted with its purpose alone,
/// asked
/// about by nobody when it says so, for which it must live shortly, and asks for its certificates by itself.
final class ResponderRules {
    private static final Duration LONGEST_WITHOUT_STATUS = Duration.ofDays(31);

    private final FieldReader fields;
    private final ProfileConfig config;

    /// @param fields where problems are kept
    ResponderRules(FieldReader fields, ProfileConfig config) {
        this.fields = fields;
        this.config = config;
    }

    void check(List<String> purposes, SubjectShape subject, Set<KeyKind> keys, Duration validity) {
        if (purposes.contains(KeyPurpose.OCSP_SIGNING)) {
            checkResponder(purposes, subject, keys);
        } else if (config.ocspNocheck()) {
            fields.problem("ocspNocheck", "is for OCSP responders; write extendedKeyUsages: ocspSigning, or remove it");
        }
        if (config.ocspNocheck() && validity.compareTo(LONGEST_WITHOUT_STATUS) > 0) {
            fields.problem(
                    "ocspNocheck",
                    "nobody can revoke such a certificate, so its validity may be at most " + LONGEST_WITHOUT_STATUS);
        }
    }

    private void checkResponder(List<String> purposes, SubjectShape subject, Set<KeyKind> keys) {
        if (purposes.size() > 1) {
            fields.problem(
                    "extendedKeyUsages", "has other purposes beside ocspSigning; give them a profile of their own");
        }
        if (subject.commonName() != CommonName.SERIAL_NUMBER) {
            fields.problem(
                    "commonName",
                    "is not for OCSP responders, which revocation-service names by itself; write serialNumber");
        }
        if (!keys.contains(KeyKind.P_256)) {
            fields.problem("keys", "are not those of OCSP responders, which make secp256r1; add it");
        }
        if (!config.renewal().equals(ProfileConfig.Renewal.USUAL)) {
            fields.problem("renewal", "is not for OCSP responders, whose service renews them by itself; remove it");
        }
    }
}
