package dev.evenroll.pki.signature;

import dev.evenroll.pki.BouncyCastle;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.jspecify.annotations.Nullable;

/// A public key, decoded for the provider that verifies fastest with it on this machine.
///
/// What is accepted does not depend on the machine: keys that providers decode differently all go to the same, and the
/// form of a signature is looked at here first.
///
/// Safe for use by many threads.
public final class VerificationKey {
    private static final Set<ASN1ObjectIdentifier> RSA =
            Set.of(PKCSObjectIdentifiers.rsaEncryption, PKCSObjectIdentifiers.id_RSASSA_PSS);

    private final PublicKey key;
    private final @Nullable Provider provider;
    private final @Nullable BigInteger order;
    private final int modulusBytes;

    private VerificationKey(PublicKey key, @Nullable Provider provider, @Nullable BigInteger order, int modulusBytes) {
        this.key = key;
        this.provider = provider;
        this.order = order;
        this.modulusBytes = modulusBytes;
    }

    /// Decodes a key.
    ///
    /// @throws GeneralSecurityException when it is none; as Bouncy Castle has it, IllegalArgumentException too
    public static VerificationKey of(SubjectPublicKeyInfo info) throws GeneralSecurityException {
        return of(info, SignatureProvider.present());
    }

    /// The same key, whichever provider made it.
    public static VerificationKey of(PublicKey key) throws GeneralSecurityException {
        return of(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    }

    static VerificationKey of(SubjectPublicKeyInfo info, SignatureProvider chosen) throws GeneralSecurityException {
        requirePositive(info);
        Provider provider = NativeKeys.takes(info) ? chosen.nativeProvider() : null;
        PublicKey key = provider == null ? BouncyCastle.publicKey(info) : NativeKeys.decode(info, provider);
        return new VerificationKey(key, provider, order(info, key), modulusBytes(key));
    }

    /// The JDK and Bouncy Castle take the numbers of an RSA key as if they had no sign.
    private static void requirePositive(SubjectPublicKeyInfo info) throws InvalidKeyException {
        if (!RSA.contains(info.getAlgorithm().getAlgorithm())) {
            return;
        }
        try {
            var numbers = ASN1Sequence.getInstance(info.parsePublicKey());
            if (numbers.size() == 2 && isPositive(numbers.getObjectAt(0)) && isPositive(numbers.getObjectAt(1))) {
                return;
            }
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw new InvalidKeyException("the public key is no RSAPublicKey (RFC 8017 appendix A.1.1)", e);
        }
        throw new InvalidKeyException("modulus and exponent of the public key are not both positive");
    }

    private static boolean isPositive(ASN1Encodable number) {
        return ASN1Integer.getInstance(number).getValue().signum() > 0;
    }

    private static @Nullable BigInteger order(SubjectPublicKeyInfo info, PublicKey key) {
        if (!(key instanceof ECPublicKey curve)) {
            return null;
        }
        X9ECParameters known = info.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier oid
                ? ECNamedCurveTable.getByOID(oid)
                : null;
        return known == null ? curve.getParams().getOrder() : known.getN();
    }

    private static int modulusBytes(PublicKey key) {
        return key instanceof RSAPublicKey rsa ? (rsa.getModulus().bitLength() + Byte.SIZE - 1) / Byte.SIZE : 0;
    }

    /// Whether a signature was made over the bytes with the private key that belongs to this one.
    ///
    /// @throws GeneralSecurityException when the algorithm does not go with the key, or the bytes are none of its
    ///     signatures
    public boolean verifies(SignatureAlgorithm algorithm, byte[] signed, byte[] signature)
            throws GeneralSecurityException {
        if (algorithm.parameters() != null) {
            PssParameters.requireUsable(algorithm.parameters(), key);
        }
        try {
            return computed(algorithm, signed, signature);
        } catch (ArithmeticException | ProviderException e) {
            throw new SignatureException("the signature can not be verified with that key", e);
        }
    }

    private boolean computed(SignatureAlgorithm algorithm, byte[] signed, byte[] signature)
            throws GeneralSecurityException {
        Signature verifier = algorithm.parametrised(
                provider == null
                        ? BouncyCastle.signature(algorithm.name())
                        : Signature.getInstance(algorithm.name(), provider));
        verifier.initVerify(key);
        requireForm(signature);
        verifier.update(signed);
        return verifier.verify(signature);
    }

    private void requireForm(byte[] signature) throws SignatureException {
        if (order != null) {
            EcdsaForm.require(signature, order);
        } else if (modulusBytes != 0 && signature.length != modulusBytes) {
            throw new SignatureException(
                    "the bytes are no RSA signature of that key: they are not as long as its modulus");
        }
    }
}
