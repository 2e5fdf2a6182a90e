package dev.evenroll.pki.signature;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Set;

/// The parameters of an RSASSA-PSS signature (RFC 8017 appendix A.2.3), looked at before a provider computes with them.
///
/// Whoever sends the signature writes them, and the JDK adds to the length of the salt until a number overflows.
public final class PssParameters {
    private static final Set<String> DIGESTS = Set.of("SHA-256", "SHA-384", "SHA-512");

    private PssParameters() {}

    /// Decodes parameters.
    ///
    /// @param der of RSASSA-PSS-params
    /// @throws GeneralSecurityException when they are none
    public static PSSParameterSpec decode(byte[] der) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS", "SunRsaSign");
        try {
            parameters.init(der);
        } catch (IOException e) {
            throw new InvalidAlgorithmParameterException("the parameters of RSASSA-PSS can not be read", e);
        }
        return parameters.getParameterSpec(PSSParameterSpec.class);
    }

    /// Requires what every provider takes and what proves something (NIST SP 800-131A rev. 2 section 9): SHA-256 or
    /// better for the message and for the mask, and a salt that fits.
    static void requireUsable(PSSParameterSpec parameters, PublicKey key) throws GeneralSecurityException {
        if (!DIGESTS.contains(parameters.getDigestAlgorithm())) {
            throw new InvalidAlgorithmParameterException("RSASSA-PSS with " + parameters.getDigestAlgorithm());
        }
        if (!(parameters.getMGFParameters() instanceof MGF1ParameterSpec mask)
                || !DIGESTS.contains(mask.getDigestAlgorithm())) {
            throw new InvalidAlgorithmParameterException("RSASSA-PSS with another mask than MGF1 of " + DIGESTS);
        }
        requireFittingSalt(parameters, key);
    }

    /// Requires a salt that fits beside the digest into the encoded message (RFC 8017 section 9.1.1, step 3).
    static void requireFittingSalt(PSSParameterSpec parameters, PublicKey key)
            throws InvalidKeyException, InvalidAlgorithmParameterException, NoSuchAlgorithmException,
                    NoSuchProviderException {
        if (!(key instanceof RSAPublicKey rsa)) {
            throw new InvalidKeyException("RSASSA-PSS goes with RSA keys only");
        }
        int digestBytes = MessageDigest.getInstance(parameters.getDigestAlgorithm(), "SUN")
                .getDigestLength();
        int encodedBytes = Math.ceilDiv(rsa.getModulus().bitLength() - 1, Byte.SIZE);
        int longest = encodedBytes - digestBytes - 2;
        if (parameters.getSaltLength() < 0 || parameters.getSaltLength() > longest) {
            throw new InvalidAlgorithmParameterException("a salt of " + parameters.getSaltLength()
                    + " bytes does not fit into a signature of that key; at most " + longest + " do");
        }
    }
}
