package dev.evenroll.pki.ocsp;

import dev.evenroll.pki.issuance.IssuingCertificate;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;

/// A CA as clients name it: the hashes of its name and of its key, made once. A responder compares them with every
/// request.
///
/// Safe for use by many threads.
public final class OcspIssuer {
    /// Names of a certificate of this CA, whichever.
    private final Map<HashAlgorithm, OcspCertId> names = new EnumMap<>(HashAlgorithm.class);

    private OcspIssuer(IssuingCertificate certificate) {
        for (HashAlgorithm hash : HashAlgorithm.values()) {
            names.put(hash, OcspCertId.of(hash, certificate, BigInteger.ONE));
        }
    }

    /// Makes the hashes.
    public static OcspIssuer of(IssuingCertificate certificate) {
        return new OcspIssuer(certificate);
    }

    /// Whether a certificate is said to be of this CA: its name and its key have these hashes. Only SHA-1 and SHA-256
    /// are known; in another hash no CA of ours has a name.
    public boolean issued(OcspCertId asked) {
        for (Map.Entry<HashAlgorithm, OcspCertId> name : names.entrySet()) {
            if (name.getKey().isNamed(asked.hashAlgorithm())) {
                return asked.issuerNameHash().equals(name.getValue().issuerNameHash())
                        && asked.issuerKeyHash().equals(name.getValue().issuerKeyHash());
            }
        }
        return false;
    }
}
