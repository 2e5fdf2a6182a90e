package dev.evenroll.pki.attestation;

import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.signature.SignatureAlgorithm;
import dev.evenroll.pki.signature.VerificationKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;

/// A signature of a TPM (TPMT_SIGNATURE).
///
/// ```
/// TPMT_SIGNATURE = TPM_ALG_RSASSA hash:UINT16 sig:TPM2B of at most 512 bytes
///                | TPM_ALG_RSAPSS hash:UINT16 sig:TPM2B of at most 512 bytes
///                | TPM_ALG_ECDSA  hash:UINT16 r:TPM2B s:TPM2B of at most 66 bytes each
/// ```
///
/// Source: TPM 2.0 Library, Part 2 (TPMT_SIGNATURE).
sealed interface TpmSignature {
    int ALG_RSASSA = 0x0014;
    int ALG_RSAPSS = 0x0016;
    int ALG_ECDSA = 0x0018;

    int MAXIMUM_RSA_BYTES = 512;
    int MAXIMUM_NUMBER_BYTES = 66;

    /// RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2).
    record RsaSsa(TpmHash hash, Der value) implements TpmSignature {}

    /// RSASSA-PSS (RFC 8017 section 8.1), its mask made with the same hash.
    record RsaPss(TpmHash hash, Der value) implements TpmSignature {}

    /// ECDSA (FIPS 186-5 section 6.4).
    ///
    /// @param value the two numbers as certificates carry them: DER, RFC 3279 section 2.2.3
    record Ecdsa(TpmHash hash, Der value) implements TpmSignature {}

    /// One that proves nothing here: another scheme, or a digest weaker than SHA-256.
    record Unaccepted(int scheme, int hash) implements TpmSignature {}

    static TpmSignature read(Der bytes) throws MalformedException {
        var in = new TpmReader(bytes, "TPMT_SIGNATURE");
        int scheme = in.uint16("sigAlg");
        int hashAlgorithm = in.uint16("hash");
        var hash = TpmHash.of(hashAlgorithm);
        boolean known = scheme == ALG_RSASSA || scheme == ALG_RSAPSS || scheme == ALG_ECDSA;
        if (!known || hash.isEmpty()) {
            return new Unaccepted(scheme, hashAlgorithm);
        }
        TpmSignature signature = switch (scheme) {
            case ALG_RSASSA -> new RsaSsa(hash.get(), Der.of(in.sized("sig", MAXIMUM_RSA_BYTES)));
            case ALG_RSAPSS -> new RsaPss(hash.get(), Der.of(in.sized("sig", MAXIMUM_RSA_BYTES)));
            default -> new Ecdsa(hash.get(), numbers(in));
        };
        in.end();
        return signature;
    }

    private static Der numbers(TpmReader in) throws MalformedException {
        var r = new BigInteger(1, in.sized("signatureR", MAXIMUM_NUMBER_BYTES));
        var s = new BigInteger(1, in.sized("signatureS", MAXIMUM_NUMBER_BYTES));
        return Der.of(StrictDer.encode(new DERSequence(new ASN1Integer[] {new ASN1Integer(r), new ASN1Integer(s)})));
    }

    /// Whether it was made over the bytes with the private key that belongs to a public one. A key of another
    /// algorithm has not made it.
    ///
    /// @param key one that [dev.evenroll.pki.request.KeyRules] accepts
    default boolean verifies(PublicKey key, Der signed) {
        try {
            return switch (this) {
                case RsaSsa(var hash, var value) ->
                    verifies(SignatureAlgorithm.named(hash + "withRSA"), key, signed, value);
                case Ecdsa(var hash, var value) ->
                    verifies(SignatureAlgorithm.named(hash + "withECDSA"), key, signed, value);
                case RsaPss(var hash, var value) -> verifiesPss(hash, key, signed, value);
                case Unaccepted _ -> false;
            };
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /// The salt is as long as the digest, or, by an older TPM, as long as fits (Part 1, annex B).
    private static boolean verifiesPss(TpmHash hash, PublicKey key, Der signed, Der value)
            throws GeneralSecurityException {
        if (!(BouncyCastle.translate(key) instanceof RSAPublicKey rsa)) {
            return false;
        }
        int digestBytes = hash.digest(new byte[0]).length;
        int encodedBytes = (rsa.getModulus().bitLength() + 6) / Byte.SIZE;
        for (int saltBytes : new int[] {digestBytes, encodedBytes - digestBytes - 2}) {
            var algorithm = SignatureAlgorithm.pss(new PSSParameterSpec(
                    hash.digestName(),
                    "MGF1",
                    new MGF1ParameterSpec(hash.digestName()),
                    saltBytes,
                    PSSParameterSpec.TRAILER_FIELD_BC));
            if (verifies(algorithm, rsa, signed, value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean verifies(SignatureAlgorithm algorithm, PublicKey key, Der signed, Der value)
            throws GeneralSecurityException {
        return VerificationKey.of(key).verifies(algorithm, signed.bytes(), value.bytes());
    }
}
