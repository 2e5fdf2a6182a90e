package dev.evenroll.cli.trust;

import dev.evenroll.hsm.key.KeyType;
import dev.evenroll.hsm.key.UnusableKeystoreException;
import dev.evenroll.hsm.pkcs11.NewToken;
import dev.evenroll.hsm.pkcs11.Pkcs11Settings;
import dev.evenroll.hsm.pkcs11.TokenKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;

/// The process that makes the token of a local stack and the CA key in it, in the environment that the library needs.
///
/// Argument: the directory of [SoftToken], prepared. Prints the SubjectPublicKeyInfo (DER) in hexadecimal digits, or to
/// standard error why it could not. Repeated, it prints the same key.
public final class SoftTokenMain {

    private static final int FAILED = 1;

    private SoftTokenMain() {}

    public static void main(String[] arguments) {
        try {
            System.out.println(publicKey(new SoftToken(Path.of(arguments[0]))));
        } catch (IOException | UnusableKeystoreException e) {
            System.err.println(e.getMessage());
            System.exit(FAILED);
        }
    }

    private static String publicKey(SoftToken token) throws IOException, UnusableKeystoreException {
        var module = SoftToken.module()
                .orElseThrow(() -> new UnusableKeystoreException("SoftHSM2 is not installed here any more.", null));
        NewToken.initialize(module, SoftToken.LABEL, pin(token.officerPinFile()), pin(token.pinFile()));
        var settings = new Pkcs11Settings(
                module, SoftToken.LABEL, SoftToken.KEY_LABEL, token.pinFile(), 1, Duration.ofMinutes(1), "");
        var key = TokenKey.of(settings, SoftTokenMain::nobodyToAsk);
        var found = key.find();
        var publicKey = found.isPresent() ? found.get() : key.make(KeyType.P_256);
        return HexFormat.of().formatHex(publicKey.getEncoded());
    }

    private static char[] nobodyToAsk(String token) throws UnusableKeystoreException {
        throw new UnusableKeystoreException("The PIN file of the " + token + " is gone; start again.", null);
    }

    private static byte[] pin(Path file) throws IOException {
        return Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
    }
}
