package dev.evenroll.pki.signature;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;

/// How bytes are signed: the JCA name of the algorithm, with its parameters where it has some.
///
/// @param name for example `SHA256withECDSA`
/// @param parameters of `RSASSA-PSS`; null for the others
public record SignatureAlgorithm(String name, @Nullable PSSParameterSpec parameters) {
    private static final String PSS = "RSASSA-PSS";

    public SignatureAlgorithm {
        if (name.equals(PSS) == (parameters == null)) {
            throw new IllegalArgumentException("parameters: belong to RSASSA-PSS, and to nothing else");
        }
    }

    /// An algorithm without parameters.
    public static SignatureAlgorithm named(String name) {
        return new SignatureAlgorithm(name, null);
    }

    /// RSASSA-PSS (RFC 8017 section 8.1).
    public static SignatureAlgorithm pss(PSSParameterSpec parameters) {
        return new SignatureAlgorithm(PSS, parameters);
    }

    Signature parametrised(Signature signature) throws GeneralSecurityException {
        if (parameters != null) {
            signature.setParameter(parameters);
        }
        return signature;
    }
}
