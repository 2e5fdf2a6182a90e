package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.Approvals;
import dev.evenroll.cli.administration.Authorities;
import dev.evenroll.cli.administration.BearerTokens;
import dev.evenroll.cli.administration.Inventory;
import dev.evenroll.cli.administration.KeyRegister;
import dev.evenroll.cli.administration.LocalTokens;
import dev.evenroll.cli.administration.Registry;
import dev.evenroll.cli.login.KeptTokens;
import dev.evenroll.cli.login.LoginFile;
import dev.evenroll.cli.stack.Connection;
import dev.evenroll.cli.stack.DataOption;
import dev.evenroll.cli.tls.TrustedServers;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The person at this machine: with the token of a login, or with the credentials that the local stack made, and then
/// in the audit log with the name of the account.
final class Operator {

    private final DataOption data;
    private @Nullable Connection connection;

    Operator(DataOption data) {
        this.data = data;
    }

    /// How to speak to the stack. What needs none of it works without a stack.
    Connection connection() throws FailedCommandException {
        if (connection == null) {
            connection = data.connection();
        }
        return connection;
    }

    Registry registry() throws FailedCommandException {
        return new Registry(connection().registry(), administration(), tokens());
    }

    Inventory inventory() throws FailedCommandException {
        return new Inventory(connection().certificates(), administration(), tokens());
    }

    Approvals approvals() throws FailedCommandException {
        return new Approvals(connection().registry(), administration(), tokens());
    }

    KeyRegister keys() throws FailedCommandException {
        return new KeyRegister(connection().registry(), administration(), tokens());
    }

    Authorities authorities() throws FailedCommandException {
        return new Authorities(connection().registry(), administration(), tokens());
    }

    /// The issuing CA first, then its root.
    List<X509Certificate> caChain() throws FailedCommandException {
        return read(connection().caChain(), Pem::decodeCertificates);
    }

    /// The issuing CAs that the stack has by now; the one that was made with it first.
    List<X509Certificate> issuingCas() throws FailedCommandException, IOException {
        var issuing = new ArrayList<X509Certificate>();
        for (var chain : connection().caChains()) {
            issuing.add(read(chain, Pem::decodeCertificates).getFirst());
        }
        return issuing;
    }

    private TrustedServers administration() throws FailedCommandException {
        return TrustedServers.of(read(connection().administrationAnchor(), Pem::decodeCertificates));
    }

    /// Those of a login, if there is one; else made here for each call.
    private BearerTokens tokens() throws FailedCommandException {
        var login = new LoginFile(data.directory());
        return Files.exists(login.path()) ? new KeptTokens(login, InstantSource.system()) : localTokens(null);
    }

    /// Tokens of the local stack.
    ///
    /// @param actor who acts; null: the user of this machine
    LocalTokens localTokens(@Nullable String actor) throws FailedCommandException {
        var key = read(connection().tokenKey(), Pem::decodePrivateKey);
        return new LocalTokens(key, actor == null ? user() : actor, InstantSource.system());
    }

    /// The user of this machine.
    static String user() {
        return System.getProperty("user.name", "unknown");
    }

    private static <T> T read(Path file, Decoding<T> decoding) throws FailedCommandException {
        try {
            return decoding.of(Files.readString(file));
        } catch (IOException | MalformedException e) {
            throw new FailedCommandException(
                    ExitCode.FAILED,
                    "Can not read " + file + " (" + e.getMessage()
                            + "): run as the user who started the stack, or start" + " it again with `evenroll up`.",
                    e);
        }
    }

    @FunctionalInterface
    private interface Decoding<T> {
        T of(String text) throws MalformedException;
    }
}
