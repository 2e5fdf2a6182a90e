package dev.evenroll.cli.trust;

import dev.evenroll.hsm.authority.CeremonyDirectory;
import dev.evenroll.hsm.authority.KeyPlace;
import dev.evenroll.hsm.ceremony.CaPlan;
import dev.evenroll.hsm.ceremony.Ceremony;
import dev.evenroll.hsm.ceremony.CeremonyException;
import dev.evenroll.hsm.ceremony.IssuingSteps;
import dev.evenroll.hsm.ceremony.RootSteps;
import dev.evenroll.hsm.key.KeyType;
import dev.evenroll.hsm.key.UnusableKeystoreException;
import dev.evenroll.hsm.pkcs11.Pkcs11Settings;
import dev.evenroll.pki.ceremony.CaName;
import dev.evenroll.pki.identity.AuthorityName;
import dev.evenroll.pki.identity.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// The root and the first issuing CA of a local stack, made by the steps of a ceremony as those of any other
/// environment; but nobody is asked, and the record says so. The root's key is in a file.
///
/// @param directory of the CAs
/// @param environment stands in their names
record LocalHierarchy(CeremonyDirectory directory, Environment environment, InstantSource clock) {

    private static final String ORGANIZATION = "Evenroll Local";
    private static final AuthorityName ROOT = CaName.Kind.ROOT.name(1);
    private static final AuthorityName ISSUING = CaName.Kind.ISSUING.name(1);
    private static final Duration ROOT_VALIDITY = Duration.ofDays(7300);
    private static final Duration ISSUING_VALIDITY = Duration.ofDays(3650);
    private static final int SESSIONS = 4;
    private static final Duration SLOW_AFTER = Duration.ofSeconds(2);

    /// Makes both with keys in files. Repeated, it makes what is missing.
    void makeWithKeyInFile() throws IOException, CeremonyException {
        make(directory.softwareKey(ISSUING));
    }

    /// Makes both, the issuing CA's key in a token that is there. Repeated, it makes what is missing.
    ///
    /// @param module the token's library
    void makeWithKeyIn(SoftToken token, Path module) throws IOException, CeremonyException {
        make(new KeyPlace.InToken(new Pkcs11Settings(
                module, SoftToken.LABEL, environment + "-" + ISSUING, token.pinFile(), SESSIONS, SLOW_AFTER, "")));
    }

    private void make(KeyPlace issuing) throws IOException, CeremonyException {
        var operator = System.getProperty("user.name") + " by evenroll up: a local stack, nobody was asked";
        try (var ceremony = Ceremony.begin(directory, environment, operator, LocalHierarchy::nobodyToAsk, clock)) {
            var root = new CaName(CaName.Kind.ROOT, ROOT, Optional.of(ORGANIZATION), environment);
            new RootSteps(ceremony)
                    .create(new CaPlan(
                            root, directory.softwareRootKey(ROOT), KeyType.P_256, ROOT_VALIDITY, ceremony.now()));
            new IssuingSteps(ceremony)
                    .create(
                            new CaPlan(
                                    root.of(CaName.Kind.ISSUING, ISSUING),
                                    issuing,
                                    KeyType.P_256,
                                    ISSUING_VALIDITY,
                                    ceremony.now()),
                            ROOT);
        }
    }

    private static char[] nobodyToAsk(String token) throws UnusableKeystoreException {
        throw new UnusableKeystoreException("The PIN file of the " + token + " is gone; start again.", null);
    }
}
