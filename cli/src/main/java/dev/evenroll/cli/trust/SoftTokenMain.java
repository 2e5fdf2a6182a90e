package dev.evenroll.cli.trust;

import dev.evenroll.hsm.authority.CeremonyDirectory;
import dev.evenroll.hsm.ceremony.CeremonyException;
import dev.evenroll.hsm.key.UnusableKeystoreException;
import dev.evenroll.hsm.pkcs11.NewToken;
import dev.evenroll.pki.identity.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/// The process that makes the token of a local stack, and the CAs whose key is in it, in the environment that the
/// library needs.
///
/// Arguments: the data directory, with its [SoftToken] prepared, and the environment that it belongs to. Prints to
/// standard error why it could not. Repeated, it makes what is missing.
public final class SoftTokenMain {

    private static final int FAILED = 1;

    private SoftTokenMain() {}

    public static void main(String[] arguments) {
        try {
            make(new TrustFiles(Path.of(arguments[0])), new Environment(arguments[1]));
        } catch (IOException | CeremonyException | UnusableKeystoreException e) {
            System.err.println(e.getMessage());
            System.exit(FAILED);
        }
    }

    private static void make(TrustFiles files, Environment environment)
            throws IOException, CeremonyException, UnusableKeystoreException {
        var module = SoftToken.module()
                .orElseThrow(() -> new UnusableKeystoreException("SoftHSM2 is not installed here any more.", null));
        var token = files.token();
        NewToken.initialize(module, SoftToken.LABEL, pin(token.officerPinFile()), pin(token.pinFile()));
        new LocalHierarchy(CeremonyDirectory.of(files.caDirectory()), environment, InstantSource.system())
                .makeWithKeyIn(token, module);
    }

    private static byte[] pin(Path file) throws IOException {
        return Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
    }
}
