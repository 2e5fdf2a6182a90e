package dev.evenroll.pki.signature;

import dev.evenroll.pki.BouncyCastle;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;

/// A private key in software, decoded for the provider that signs fastest with it on this machine.
///
/// Safe for use by many threads.
public final class SigningKey {
    private final PrivateKey key;
    private final @Nullable Provider provider;

    private SigningKey(PrivateKey key, @Nullable Provider provider) {
        this.key = key;
        this.provider = provider;
    }

    /// The same key, whichever provider made it.
    ///
    /// @throws GeneralSecurityException when its encoding can not be had, as that of a key in a token
    public static SigningKey of(PrivateKey key) throws GeneralSecurityException {
        return of(key, SignatureProvider.present());
    }

    static SigningKey of(PrivateKey key, SignatureProvider chosen) throws GeneralSecurityException {
        byte[] pkcs8 = key.getEncoded();
        if (pkcs8 == null) {
            throw new InvalidKeyException("the private key can not be had out of where it is kept");
        }
        AlgorithmIdentifier algorithm = PrivateKeyInfo.getInstance(pkcs8).getPrivateKeyAlgorithm();
        Provider provider = NativeKeys.takes(algorithm) ? chosen.nativeProvider() : null;
        return provider == null
                ? new SigningKey(
                        BouncyCastle.keyFactory(key.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)),
                        null)
                : new SigningKey(NativeKeys.decode(algorithm, pkcs8, provider), provider);
    }

    /// Signs.
    ///
    /// @throws GeneralSecurityException when the algorithm does not go with the key
    public byte[] sign(SignatureAlgorithm algorithm, byte[] bytes) throws GeneralSecurityException {
        Signature signer = algorithm.parametrised(
                provider == null
                        ? BouncyCastle.signature(algorithm.name())
                        : Signature.getInstance(algorithm.name(), provider));
        signer.initSign(key);
        signer.update(bytes);
        return signer.sign();
    }
}
