package dev.evenroll.hsm.key;

import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;

/// A private key and its certificate chain, read from an entry of a PKCS#12 file.
///
/// @param key in the form that pki's signatures take
/// @param certificate checked: a CA, its chain holds together up to the root
record Pkcs12Entry(PrivateKey key, IssuingCertificate certificate) {

    private static final String KEYSTORE = "keystore";

    static Pkcs12Entry read(Path keystore, Path passwordFile, String alias) throws UnusableKeystoreException {
        byte[] bytes = OwnerOnlyFile.read(keystore, KEYSTORE);
        char[] password = OwnerOnlyFile.readSecret(passwordFile, "keystore password file", "password of the keystore");
        try {
            var opened = open(bytes, keystore, password, passwordFile);
            var key = privateKey(opened, keystore, password, passwordFile, alias);
            return new Pkcs12Entry(key, certificate(opened, keystore, alias));
        } catch (GeneralSecurityException e) {
            throw new UnusableKeystoreException(
                    "The entry \"" + alias + "\" of the keystore " + keystore + " can not be used with this JDK: "
                            + e.getMessage() + "; export key and chain again as PKCS#12.",
                    e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static KeyStore open(byte[] bytes, Path keystore, char[] password, Path passwordFile)
            throws UnusableKeystoreException, GeneralSecurityException {
        var opened = KeyStore.getInstance("PKCS12", "SUN");
        try {
            opened.load(new ByteArrayInputStream(bytes), password);
            return opened;
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new UnusableKeystoreException(
                        "The keystore " + keystore + " does not open with the password in " + passwordFile
                                + "; write the right password there.",
                        e);
            }
            throw new UnusableKeystoreException(
                    "The file " + keystore + " is not a PKCS#12 keystore, or is damaged; restore it, or export key and "
                            + "chain again as PKCS#12.",
                    e);
        }
    }

    private static PrivateKey privateKey(
            KeyStore opened, Path keystore, char[] password, Path passwordFile, String alias)
            throws UnusableKeystoreException, GeneralSecurityException {
        if (!opened.isKeyEntry(alias)) {
            throw new UnusableKeystoreException(
                    "The keystore " + keystore + " has no private key under the alias \"" + alias + "\" (it has "
                            + Collections.list(opened.aliases()) + "); import the CA's key and chain under that alias.",
                    null);
        }
        try {
            if (opened.getKey(alias, password) instanceof PrivateKey key) {
                // The JDK's object does not fit every provider; its encoding does.
                return BouncyCastle.keyFactory(algorithm(key))
                        .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
            }
            throw new UnusableKeystoreException(
                    "The entry \"" + alias + "\" of the keystore " + keystore
                            + " is a secret key; import a private key with its chain.",
                    null);
        } catch (UnrecoverableKeyException e) {
            throw new UnusableKeystoreException(
                    "The private key \"" + alias + "\" of the keystore " + keystore
                            + " does not open with the password in " + passwordFile
                            + "; give the key the password of the keystore.",
                    e);
        }
    }

    /// The JDK calls all parameter sets of ML-DSA by one name.
    private static String algorithm(PrivateKey key) {
        return key.getAlgorithm().equals("ML-DSA")
                ? PrivateKeyInfo.getInstance(key.getEncoded())
                        .getPrivateKeyAlgorithm()
                        .getAlgorithm()
                        .getId()
                : key.getAlgorithm();
    }

    private static IssuingCertificate certificate(KeyStore opened, Path keystore, String alias)
            throws UnusableKeystoreException, GeneralSecurityException {
        List<X509Certificate> chain = Arrays.stream(opened.getCertificateChain(alias))
                .map(X509Certificate.class::cast)
                .toList();
        return CaChain.checked(chain, "entry \"" + alias + "\" of the keystore " + keystore);
    }
}
