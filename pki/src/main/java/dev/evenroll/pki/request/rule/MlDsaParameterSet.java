package dev.evenroll.pki.request.rule;

import java.util.Arrays;
import java.util.Optional;

/// The parameter sets of ML-DSA (FIPS 204 section 4), as certificates name them (RFC 9881 section 2).
public enum MlDsaParameterSet {
    ML_DSA_44("2.16.840.1.101.3.4.3.17", 1312),
    ML_DSA_65("2.16.840.1.101.3.4.3.18", 1952),
    ML_DSA_87("2.16.840.1.101.3.4.3.19", 2592);

    private final String oid;
    private final int publicKeyBytes;

    MlDsaParameterSet(String oid, int publicKeyBytes) {
        this.oid = oid;
        this.publicKeyBytes = publicKeyBytes;
    }

    /// The object identifier of keys and of signatures alike.
    public String oid() {
        return oid;
    }

    /// The length of a public key in bytes (FIPS 204 table 2). Every string of that length is a key.
    public int publicKeyBytes() {
        return publicKeyBytes;
    }

    /// The set that an object identifier names.
    public static Optional<MlDsaParameterSet> named(String oid) {
        return Arrays.stream(values()).filter(set -> set.oid.equals(oid)).findFirst();
    }

    /// The name of the standard and of the JCA, for example `ML-DSA-44`.
    @Override
    public String toString() {
        return name().replace('_', '-');
    }
}
