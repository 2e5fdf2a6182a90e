package dev.evenroll.cli.command;

import dev.evenroll.cli.Evenroll;
import dev.evenroll.cli.Terminal;
import dev.evenroll.cli.administration.StubAdministration;
import dev.evenroll.cli.administration.StubAdministration.Answer;
import dev.evenroll.cli.administration.StubAdministration.Request;
import dev.evenroll.cli.est.StubEstServer;
import dev.evenroll.cli.tls.TestTls;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The command line at a stack of stubs.
final class CommandLineFixture implements AutoCloseable {

    /// What a command printed and answered.
    record Run(int exitCode, String out, String err) {}

    private static final char[] PASSWORD = "manufacturer".toCharArray();

    private final Path data;
    private final StubAdministration administration;
    private final StubEstServer est;

    CommandLineFixture(Path data, TestTls tls, Function<Request, Answer> answers) throws IOException {
        this(data, tls, answers, _ -> StubEstServer.SILENCE);
    }

    CommandLineFixture(
            Path data,
            TestTls tls,
            Function<Request, Answer> answers,
            Function<StubEstServer.Request, String> estAnswers)
            throws IOException {
        this.data = data;
        this.administration = new StubAdministration(tls, answers);
        this.est = new StubEstServer(tls, estAnswers);
        Files.writeString(data.resolve("anchor.pem"), Pem.encode(tls.anchors()));
        Files.writeString(
                data.resolve("token.pem"), Pem.encode(Keys.generateP256().getPrivate()));
        CertificateAuthority.selfSigned("Simulated", Duration.ofDays(1), InstantSource.system())
                .storePkcs12(data.resolve("manufacturer.p12"), PASSWORD);
        Files.writeString(data.resolve("manufacturer.password"), new String(PASSWORD));
        CertificateAuthority.selfSigned("Registration Authorities", Duration.ofDays(1), InstantSource.system())
                .storePkcs12(data.resolve("registration-authority.p12"), PASSWORD);
        Files.writeString(data.resolve("registration-authority.password"), new String(PASSWORD));
        writeConnection("test");
    }

    void writeConnection(String environment) throws IOException {
        Files.writeString(data.resolve("connection.properties"), """
                environment=%s
                est.url=%s
                registry.url=%s
                certificates.url=%s
                crl.url=http://localhost:1
                connections.url=http://localhost:1
                ocsp.url=http://localhost:1
                ca.chain=%s
                administration.anchor=%s
                token.key=%s
                kafka.auditor=%s
                registration-authority.keystore=%s
                registration-authority.keystore-password-file=%s
                manufacturer.name=simulated
                manufacturer.keystore=%s
                manufacturer.keystore-password-file=%s
                """.formatted(
                        environment,
                        est.address(),
                        administration.address(),
                        administration.address(),
                        data.resolve("anchor.pem"),
                        data.resolve("anchor.pem"),
                        data.resolve("token.pem"),
                        data.resolve("auditor.properties"),
                        data.resolve("registration-authority.p12"),
                        data.resolve("registration-authority.password"),
                        data.resolve("manufacturer.p12"),
                        data.resolve("manufacturer.password")));
    }

    StubAdministration administration() {
        return administration;
    }

    StubEstServer est() {
        return est;
    }

    Run run(String... arguments) {
        return execute(withData(arguments), new TypedAnswers(false, ""));
    }

    /// Runs a command whose questions are answered.
    Run answering(String typed, String... arguments) {
        return execute(withData(arguments), new TypedAnswers(true, typed));
    }

    /// Runs a command without a terminal, with something at its standard input.
    Run reading(String input, String... arguments) {
        return execute(withData(arguments), new TypedAnswers(false, input));
    }

    private List<String> withData(String... arguments) {
        var withData = new ArrayList<>(List.of(arguments));
        withData.add("--data");
        withData.add(data.toString());
        return withData;
    }

    static Run execute(List<String> arguments) {
        return execute(arguments, new TypedAnswers(false, ""));
    }

    /// Runs a command, any, whose questions are answered.
    static Run executeAnswering(String typed, List<String> arguments) {
        return execute(arguments, new TypedAnswers(true, typed));
    }

    private static Run execute(List<String> arguments, Terminal terminal) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exitCode = Evenroll.commandLine(terminal)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
        return new Run(exitCode, out.toString(), err.toString());
    }

    private static final class TypedAnswers implements Terminal {

        private final boolean attended;
        private final InputStream input;
        private final BufferedReader lines;

        TypedAnswers(boolean attended, String typed) {
            this.attended = attended;
            this.input = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
            this.lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        }

        @Override
        public boolean attended() {
            return attended;
        }

        @Override
        public Optional<String> answer() throws IOException {
            return Optional.ofNullable(lines.readLine());
        }

        @Override
        public Optional<char[]> secret(String question) {
            try {
                return answer().map(String::toCharArray);
            } catch (IOException e) {
                throw new UncheckedIOException("reading from memory", e);
            }
        }

        @Override
        public InputStream input() {
            return input;
        }
    }

    @Override
    public void close() throws IOException {
        administration.close();
        est.close();
    }
}
