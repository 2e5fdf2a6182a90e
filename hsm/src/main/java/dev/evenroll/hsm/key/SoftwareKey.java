package dev.evenroll.hsm.key;

import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.issuance.SignatureScheme;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jcajce.interfaces.MLDSAPrivateKey;

/// A CA key in a PKCS#12 file as a ceremony uses it: looked for, made, asked for single signatures, and given its
/// certificate. Whoever reads the file has the key: for tests only.
///
/// @param keystore PKCS#12
/// @param passwordFile its password, one line; drawn at random
/// @param alias of the entry
public record SoftwareKey(Path keystore, Path passwordFile, String alias) {

    private static final int PASSWORD_BYTES = 32;

    /// The public half of the key; empty when there is no file.
    public Optional<PublicKey> find() throws UnusableKeystoreException {
        return Files.exists(keystore) ? Optional.of(entry().certificate().publicKey()) : Optional.empty();
    }

    /// Makes the key. Until it has a certificate, one that it signed itself stands beside it: the format wants one.
    ///
    /// @return its public half
    public PublicKey make(KeyType type, InstantSource clock) throws UnusableKeystoreException, IOException {
        if (Files.exists(keystore)) {
            throw new UnusableKeystoreException(
                    "There is a keystore " + keystore
                            + " already, and it is not taken for a new CA; give another name.",
                    null);
        }
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        byte[] password = Base64.getUrlEncoder().withoutPadding().encode(random);
        WholeFile.writeSecret(passwordFile, password);
        var keys = type.generate();
        var placeholder =
                CertificateAuthority.selfSigned("waiting for its certificate", keys, Duration.ofDays(1), clock);
        store(keys.getPrivate(), placeholder.chain());
        return keys.getPublic();
    }

    /// Puts the certificate of the CA beside its key, with those above it up to the root.
    public void certified(List<X509Certificate> chain) throws UnusableKeystoreException, IOException {
        var entry = entry();
        if (!entry.certificate().chain().equals(chain)) {
            store(entry.key(), chain);
        }
    }

    private void store(PrivateKey key, List<X509Certificate> chain) throws UnusableKeystoreException, IOException {
        char[] password = password();
        try {
            var store = KeyStore.getInstance("PKCS12", "SUN");
            store.load(null, null);
            store.setKeyEntry(alias, storable(key), password, chain.toArray(X509Certificate[]::new));
            var bytes = new ByteArrayOutputStream();
            store.store(bytes, password);
            WholeFile.writeSecret(keystore, bytes.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new UnusableKeystoreException(
                    "The key can not be written to the keystore " + keystore + ": " + e.getMessage()
                            + "; choose another type of key.",
                    e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /// A key of Bouncy Castle for ML-DSA is encoded with its seed (RFC 9881 section 6), which the JDK's keystore can
    /// not read again; in its expanded form it can.
    private static PrivateKey storable(PrivateKey key) throws GeneralSecurityException, IOException {
        if (key instanceof MLDSAPrivateKey mlDsa) {
            var algorithm = PrivateKeyInfo.getInstance(key.getEncoded()).getPrivateKeyAlgorithm();
            var expanded = new PrivateKeyInfo(algorithm, new DEROctetString(mlDsa.getPrivateData()));
            return KeyFactory.getInstance("ML-DSA", "SUN")
                    .generatePrivate(new PKCS8EncodedKeySpec(expanded.getEncoded()));
        }
        return key;
    }

    private Pkcs12Entry entry() throws UnusableKeystoreException {
        return Pkcs12Entry.read(keystore, passwordFile, alias);
    }

    private char[] password() throws UnusableKeystoreException {
        return OwnerOnlyFile.readSecret(passwordFile, "keystore password file", "password of the keystore");
    }

    /// Signs, and verifies the signature.
    public byte[] sign(PublicKey key, Der bytes) throws UnusableKeystoreException {
        var scheme = SignatureScheme.of(key);
        try {
            var signature = scheme.newSignature();
            signature.initSign(entry().key());
            signature.update(bytes.bytes());
            byte[] made = signature.sign();
            if (scheme.verifies(BouncyCastle.translate(key), bytes, made)) {
                return made;
            }
            throw new GeneralSecurityException("the signature does not verify");
        } catch (GeneralSecurityException e) {
            throw new UnusableKeystoreException(
                    "Signing with the key in " + keystore + " failed: " + e.getMessage()
                            + "; restore the keystore of this CA.",
                    e);
        }
    }
}
