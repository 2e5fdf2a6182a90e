package dev.evenroll.pki.signature;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/// The signature of a certificate, verified by the JDK with whatever algorithm the certificate names.
public final class CertificateSignature {
    private static final String PSS = PKCSObjectIdentifiers.id_RSASSA_PSS.getId();

    private CertificateSignature() {}

    /// Verifies with an installed provider.
    ///
    /// @throws SignatureException when the key did not sign the certificate, or nobody can tell
    public static void verify(X509Certificate certificate, PublicKey key)
            throws CertificateException, NoSuchAlgorithmException, InvalidKeyException, NoSuchProviderException,
                    SignatureException {
        verify(certificate, key, null);
    }

    /// Verifies with a provider.
    ///
    /// @param provider its name; null for an installed one
    /// @throws SignatureException when the key did not sign the certificate, or nobody can tell
    public static void verify(X509Certificate certificate, PublicKey key, @Nullable String provider)
            throws CertificateException, NoSuchAlgorithmException, InvalidKeyException, NoSuchProviderException,
                    SignatureException {
        requireFittingSalt(certificate, key);
        try {
            if (provider == null) {
                certificate.verify(key);
            } else {
                certificate.verify(key, provider);
            }
        } catch (ArithmeticException | ProviderException e) {
            throw new SignatureException("the signature can not be verified with the key of the issuer", e);
        }
    }

    private static void requireFittingSalt(X509Certificate certificate, PublicKey key) throws SignatureException {
        byte[] parameters = certificate.getSigAlgParams();
        if (!certificate.getSigAlgOID().equals(PSS) || parameters == null) {
            return;
        }
        try {
            PssParameters.requireFittingSalt(PssParameters.decode(parameters), key);
        } catch (GeneralSecurityException e) {
            throw new SignatureException("the parameters of the signature do not go with the key of the issuer", e);
        }
    }
}
