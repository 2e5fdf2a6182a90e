package dev.evenroll.e2e.bench;

import dev.evenroll.cli.trust.CaKey;
import dev.evenroll.cli.trust.SoftToken;
import dev.evenroll.cli.trust.TrustFiles;
import dev.evenroll.hsm.key.IssuingKey;
import dev.evenroll.hsm.key.Pkcs12IssuingKey;
import dev.evenroll.hsm.key.UnusableKeystoreException;
import dev.evenroll.hsm.pkcs11.Pkcs11IssuingKey;
import dev.evenroll.hsm.pkcs11.Pkcs11Settings;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.time.Duration;

/// The key of a stack's issuing CA, opened here as the issuer opens it.
///
/// @param key that signs
/// @param issuer its certificate
record CaKeyAtHand(IssuingKey key, IssuingCertificate issuer) implements AutoCloseable {

    private static final int SESSIONS = 1;
    private static final Duration SLOW_AFTER = Duration.ofSeconds(2);

    /// @param trust of the stack
    static CaKeyAtHand open(TrustFiles trust) throws UnusableKeystoreException, IOException {
        var issuer = issuer(trust);
        return switch (trust.caKey()) {
            case FILE -> {
                var file = trust.issuingAuthority();
                yield new CaKeyAtHand(
                        Pkcs12IssuingKey.open(file.keyStore(), file.passwordFile(), file.alias(), issuer), issuer);
            }
            case TOKEN -> new CaKeyAtHand(inToken(trust.token(), issuer), issuer);
        };
    }

    private static IssuingCertificate issuer(TrustFiles trust) throws IOException {
        try {
            return IssuingCertificate.of(Pem.decodeCertificates(Files.readString(trust.caChain())));
        } catch (MalformedException e) {
            throw new IOException("The CA chain " + trust.caChain() + " is damaged: " + e.getMessage(), e);
        }
    }

    private static IssuingKey inToken(SoftToken token, IssuingCertificate issuer)
            throws UnusableKeystoreException, IOException {
        token.environment().forEach(CaKeyAtHand::setEnvironment);
        var module = SoftToken.module()
                .orElseThrow(() -> new IOException("SoftHSM2 is not installed any more: install softhsm2."));
        var settings = new Pkcs11Settings(
                module, SoftToken.LABEL, SoftToken.KEY_LABEL, token.pinFile(), SESSIONS, SLOW_AFTER, "");
        return Pkcs11IssuingKey.of(settings, issuer, _ -> {});
    }

    /// The library reads the environment when it is initialised, and Java can only set that of a child: setenv(3).
    @SuppressWarnings("restricted") // the evenroll script lets this program call natively
    private static void setEnvironment(String name, String value) {
        var linker = Linker.nativeLinker();
        var setenv = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setenv"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (var arena = Arena.ofConfined()) {
            var status = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
            if (status != 0) {
                throw new IllegalStateException("The environment variable " + name + " could not be set.");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("setenv can not be called on this platform.", e);
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
