package dev.evenroll.hsm.key;

import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.SignatureScheme;
import dev.evenroll.pki.signature.SigningKey;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/// A CA key in a PKCS#12 file (RFC 7292): for a local stack and for tests, and for a CA whose key may lie on a disk.
///
/// The key is in memory from [#open] to [#close]. The password is read from a file, used once and overwritten.
public final class Pkcs12IssuingKey implements IssuingKey {

    private final Path keystore;
    private final IssuingCertificate certificate;
    private volatile @Nullable SigningKey key;

    private Pkcs12IssuingKey(Path keystore, SigningKey key, IssuingCertificate certificate) {
        this.keystore = keystore;
        this.key = key;
        this.certificate = certificate;
    }

    /// Opens a keystore and proves that key and certificate belong together.
    ///
    /// @param keystore PKCS#12 file with the key; only its owner may read it
    /// @param passwordFile the password, one line; only its owner may read it
    /// @param alias name of the entry; the certificates in it are passed over
    /// @param certificate of the CA
    /// @throws UnusableKeystoreException when any of it can not be used, with what to do
    public static Pkcs12IssuingKey open(Path keystore, Path passwordFile, String alias, IssuingCertificate certificate)
            throws UnusableKeystoreException {
        var stored = Pkcs12Entry.readKey(keystore, passwordFile, alias);
        try {
            var key = new Pkcs12IssuingKey(keystore, SigningKey.of(stored), certificate);
            key.prove(certificate);
            return key;
        } catch (GeneralSecurityException e) {
            throw new UnusableKeystoreException(
                    "The private key \"" + alias + "\" of the keystore " + keystore + " can not be used: "
                            + e.getMessage() + "; give the CA a key of a type that it can sign with.",
                    e);
        } catch (SigningFaultException e) {
            throw new UnusableKeystoreException(
                    "The entry \"" + alias + "\" of the keystore " + keystore
                            + " holds a private key that does not belong to "
                            + "the certificate of " + certificate + "; give the CA its own key.",
                    e);
        }
    }

    /// The one place where a certificate or a CRL is signed with a key from a file.
    @Override
    public byte[] sign(byte[] tbs) throws SigningFaultException {
        return signature(tbs);
    }

    @Override
    public void prove(IssuingCertificate claimed) throws SigningFaultException {
        Proof.of(description(), claimed, this::signature);
    }

    private byte[] signature(byte[] bytes) throws SigningFaultException {
        var opened = key;
        if (opened == null) {
            throw new SigningFaultException("The " + description() + " is closed; the service is stopping.", null);
        }
        try {
            return opened.sign(scheme().algorithm(), bytes);
        } catch (GeneralSecurityException e) {
            throw new SigningFaultException("Signing with the " + description() + " failed: " + e.getMessage(), e);
        }
    }

    /// One on each processor.
    @Override
    public int concurrency() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public SignatureScheme scheme() {
        return certificate.scheme();
    }

    @Override
    public String description() {
        return "key in the PKCS#12 file " + keystore;
    }

    @Override
    public void close() {
        key = null;
    }
}
