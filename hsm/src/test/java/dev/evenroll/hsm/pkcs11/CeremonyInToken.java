package dev.evenroll.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.evenroll.hsm.authority.CeremonyDirectory;
import dev.evenroll.hsm.authority.KeyPlace;
import dev.evenroll.hsm.ceremony.CaPlan;
import dev.evenroll.hsm.ceremony.Ceremony;
import dev.evenroll.hsm.ceremony.IssuingSteps;
import dev.evenroll.hsm.ceremony.RootSteps;
import dev.evenroll.hsm.key.KeyType;
import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.pki.ceremony.CaName;
import dev.evenroll.pki.identity.AuthorityName;
import dev.evenroll.pki.identity.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A root, an issuing CA and a roll-over of both in one token, verified by openssl.
final class CeremonyInToken {

    private static final AuthorityName ROOT = CaName.Kind.ROOT.name(1);
    private static final AuthorityName NEXT_ROOT = CaName.Kind.ROOT.name(2);
    private static final AuthorityName ISSUING = CaName.Kind.ISSUING.name(1);
    private static final AuthorityName NEXT = CaName.Kind.ISSUING.name(2);

    private CeremonyInToken() {}

    static void assertChainsVerify(Path temporary, Pkcs11Settings token, KeyType type) throws Exception {
        var directory = CeremonyDirectory.of(temporary.resolve("ca"));
        try (var ceremony = Ceremony.begin(
                directory,
                new Environment("test"),
                "Ada",
                _ -> {
                    throw new AssertionError("the PIN stands in the file");
                },
                TestCa.CLOCK)) {
            var roots = new RootSteps(ceremony);
            var issuing = new IssuingSteps(ceremony);
            roots.create(plan(CaName.Kind.ROOT, ROOT, token, type, 0));
            issuing.create(plan(CaName.Kind.ISSUING, ISSUING, token, type, 0), ROOT);
            roots.create(plan(CaName.Kind.ROOT, NEXT_ROOT, token, type, 1));
            roots.crossCertify(
                    ROOT, NEXT_ROOT, Objects.requireNonNull(directory.roots().get(NEXT_ROOT)));
            roots.crossCertify(
                    NEXT_ROOT, ROOT, Objects.requireNonNull(directory.roots().get(ROOT)));
            issuing.create(plan(CaName.Kind.ISSUING, NEXT, token, type, 1), NEXT_ROOT);
            issuing.request(plan(CaName.Kind.ISSUING, CaName.Kind.ISSUING.name(3), token, type, 2));
        }
        verify(directory.path(), "-trusted", "roots/root-1.pem", "chains/issuing-1.pem");
        verify(directory.path(), "-trusted", "roots/root-2.pem", "chains/issuing-2.pem");
        verify(
                directory.path(),
                "-trusted",
                "roots/root-1.pem",
                "-untrusted",
                "cross/root-2-by-root-1.pem",
                "chains/issuing-2.pem");
        verify(
                directory.path(),
                "-trusted",
                "roots/root-2.pem",
                "-untrusted",
                "cross/root-1-by-root-2.pem",
                "chains/issuing-1.pem");
        assertThat(openssl(directory.path(), "req", "-verify", "-noout", "-in", "requests/issuing-3.pem"))
                .contains("verify OK");
    }

    private static CaPlan plan(
            CaName.Kind kind, AuthorityName name, Pkcs11Settings token, KeyType type, int secondsLater) {
        var settings = new Pkcs11Settings(
                token.module(),
                token.tokenLabel(),
                "test-" + name,
                token.pinFile(),
                token.sessions(),
                token.slowAfter(),
                token.initArguments());
        return new CaPlan(
                new CaName(kind, name, Optional.empty(), new Environment("test")),
                new KeyPlace.InToken(settings),
                type,
                Duration.ofDays(kind == CaName.Kind.ROOT ? 7300 : 1825),
                TestCa.NOW.plusSeconds(secondsLater));
    }

    private static void verify(Path directory, String... arguments) throws Exception {
        var command = new ArrayList<>(
                List.of("verify", "-x509_strict", "-attime", Long.toString(TestCa.NOW.getEpochSecond())));
        command.addAll(List.of(arguments));
        assertThat(openssl(directory, command.toArray(String[]::new)))
                .isEqualTo(arguments[arguments.length - 1] + ": OK\n");
    }

    private static String openssl(Path directory, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return abort("openssl is not installed; install the package openssl to run this test");
        }
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
