package dev.evenroll.e2e.bench;

import dev.evenroll.cli.trust.CaKey;
import dev.evenroll.cli.trust.SoftTokenEnvironment;
import dev.evenroll.cli.trust.TrustFiles;
import dev.evenroll.hsm.authority.AuthorityKey;
import dev.evenroll.hsm.authority.AuthorityKeyReader;
import dev.evenroll.hsm.authority.KeyPlace;
import dev.evenroll.hsm.authority.UnusableAuthorityKeysException;
import dev.evenroll.hsm.key.IssuingKey;
import dev.evenroll.hsm.key.Pkcs12IssuingKey;
import dev.evenroll.hsm.key.UnusableKeystoreException;
import dev.evenroll.hsm.pkcs11.Pkcs11IssuingKey;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.io.IOException;
import java.nio.file.Files;

/// The key of a stack's issuing CA, opened here as the issuer opens it.
///
/// @param key that signs
/// @param issuer its certificate
record CaKeyAtHand(IssuingKey key, IssuingCertificate issuer) implements AutoCloseable {

    /// @param trust of the stack, which has one issuing CA
    static CaKeyAtHand open(TrustFiles trust) throws UnusableKeystoreException, IOException {
        var issuer = issuer(trust);
        return switch (place(trust)) {
            case KeyPlace.InFile(var keystore, var passwordFile) ->
                new CaKeyAtHand(Pkcs12IssuingKey.open(keystore, passwordFile, AuthorityKey.ALIAS, issuer), issuer);
            case KeyPlace.InToken(var settings) -> {
                SoftTokenEnvironment.set(trust.token());
                yield new CaKeyAtHand(Pkcs11IssuingKey.of(settings, issuer, _ -> {}), issuer);
            }
        };
    }

    private static KeyPlace place(TrustFiles trust) throws IOException {
        try {
            return AuthorityKeyReader.read(trust.caDirectory())
                    .firstEntry()
                    .getValue()
                    .place();
        } catch (UnusableAuthorityKeysException e) {
            throw new IOException("The key of the CA can not be found: " + e.getMessage(), e);
        }
    }

    private static IssuingCertificate issuer(TrustFiles trust) throws IOException {
        try {
            return IssuingCertificate.of(Pem.decodeCertificates(Files.readString(trust.caChain())));
        } catch (MalformedException e) {
            throw new IOException("The CA chain " + trust.caChain() + " is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        key.close();
    }

    /// How a key is called in the output.
    static String name(CaKey kept) {
        return switch (kept) {
            case FILE -> "softwareKey";
            case TOKEN -> "softHsm";
        };
    }
}
