package dev.evenroll.hsm.pkcs11;

import dev.evenroll.hsm.key.OwnerOnlyFile;
import dev.evenroll.hsm.key.UnusableKeystoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The file with the PIN of a token. A PIN that the token refused is not tried again before the file has changed: a few
/// wrong ones lock a token.
///
/// The PIN is read for each login and overwritten after it. Used by one thread at a time.
final class PinFile implements PinSource {

    /// Which content of the file: a mounted secret is replaced, an edited one written anew.
    private record Version(
            FileTime lastModified, long sizeBytes, @Nullable Object identity) {}

    private final Path file;
    private @Nullable Version refused;

    PinFile(Path file) {
        this.file = file;
    }

    /// Reads the file once, to find what is wrong with it.
    void check() throws UnusableKeystoreException {
        Arrays.fill(read(), (byte) 0);
    }

    @Override
    public void login(String token, Login login) throws TokenFaultException, CryptokiException {
        var version = version(token);
        if (version.equals(refused)) {
            throw TokenFaultException.known(TokenFault.PIN_REFUSED, sentence(token, "has refused the PIN in " + file));
        }
        byte[] pin;
        try {
            pin = read();
        } catch (UnusableKeystoreException e) {
            throw unreadable(token, String.valueOf(e.getMessage()), e);
        }
        try {
            login.with(pin);
        } catch (CryptokiException e) {
            if (e.is(ReturnValue.CKR_USER_ALREADY_LOGGED_IN)) {
                return;
            }
            if (e.fault() != TokenFault.PIN_REFUSED) {
                throw e;
            }
            refused = version;
            throw refusal(token, "refuses the PIN in " + file + ": " + e.getMessage(), e);
        } finally {
            Arrays.fill(pin, (byte) 0);
        }
    }

    private static TokenFaultException refusal(String token, String what, Exception cause) {
        return new TokenFaultException(TokenFault.PIN_REFUSED, sentence(token, what), cause);
    }

    private static String sentence(String token, String what) {
        return "The " + token + " " + what + "; " + TokenFault.PIN_REFUSED.advice()
                + ". It is not tried again before the file has changed, so as not to lock the token.";
    }

    private static TokenFaultException unreadable(String token, String why, Exception cause) {
        return new TokenFaultException(
                TokenFault.PIN_UNREADABLE, "The " + token + " can not be logged in to: " + why, cause);
    }

    private Version version(String token) throws TokenFaultException {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Version(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException e) {
            throw unreadable(
                    token, "the PIN file " + file + " can not be read; " + TokenFault.PIN_UNREADABLE.advice() + ".", e);
        }
    }

    private byte[] read() throws UnusableKeystoreException {
        return PinBytes.of(OwnerOnlyFile.readSecret(file, "PIN file", "PIN of the token"));
    }
}
