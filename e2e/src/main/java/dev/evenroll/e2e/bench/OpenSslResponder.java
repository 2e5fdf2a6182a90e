package dev.evenroll.e2e.bench;

import dev.evenroll.cli.process.FailedStartException;
import dev.evenroll.hsm.key.SigningFaultException;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.issuance.CertificateAssembly;
import dev.evenroll.pki.issuance.CertificatePreparation;
import dev.evenroll.pki.issuance.SerialNumber;
import dev.evenroll.pki.issuance.WrongSignatureException;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.Subject;
import dev.evenroll.policy.profile.ProfileFile;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// `openssl ocsp` as a responder with two processes: a key and a certificate of its own from the same CA, and an index
/// with the same certificates.
final class OpenSslResponder implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration AGAIN = Duration.ofMillis(50);
    private static final DateTimeFormatter INDEX_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    /// No certificate of a responder names it.
    private static final String ANY_CRL_URL = "http://localhost/{shard}";

    private final Process process;
    private final URI address;

    private OpenSslResponder(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /// Refuses a machine without openssl, before anything else is started.
    static void requireInstalled() throws FailedStartException, InterruptedException {
        try {
            new ProcessBuilder("openssl", "version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new FailedStartException("openssl can not be run (" + e.getMessage()
                    + "); its responder is what OCSP is compared with. Install it (package openssl) and try again.");
        }
    }

    /// Starts it, and returns when it listens.
    ///
    /// @param directory for its files
    /// @param key of the CA, which certifies it
    /// @param certificates that it knows as good
    static OpenSslResponder start(Path directory, CaKeyAtHand key, List<X509Certificate> certificates)
            throws FailedStartException, IOException, InterruptedException {
        Files.createDirectories(directory);
        var keys = Keys.generateP256();
        Files.writeString(directory.resolve("ca.pem"), Pem.encode(key.issuer().certificate()));
        Files.writeString(directory.resolve("responder.pem"), Pem.encode(certify(key, keys.getPublic())));
        Files.writeString(directory.resolve("responder.key"), Pem.encode(keys.getPrivate()));
        Files.write(
                directory.resolve("index.txt"),
                certificates.stream().map(OpenSslResponder::entry).toList());
        int port = freePort();
        var log = directory.resolve("openssl.log");
        var process = new ProcessBuilder(("openssl ocsp -multi 2 -nmin 60 -resp_key_id -index index.txt -CA ca.pem"
                                + " -rsigner responder.pem -rkey responder.key -port " + port)
                        .split(" ", -1))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        // When we are interrupted nobody closes it.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
        var responder = new OpenSslResponder(process, URI.create("http://127.0.0.1:" + port));
        responder.awaitListening(log);
        return responder;
    }

    private static X509Certificate certify(CaKeyAtHand key, PublicKey publicKey) throws FailedStartException {
        var tbs = CertificatePreparation.prepare(
                        key.issuer(),
                        profile(),
                        Subject.of("ocsp-responder-openssl", "Benchmark"),
                        Der.of(publicKey.getEncoded()),
                        SerialNumber.random(new SecureRandom()),
                        InstantSource.system().instant())
                .tbsCertificate();
        try {
            return Certificates.decode(CertificateAssembly.assemble(
                    tbs, key.issuer().scheme(), key.key().sign(tbs.bytes()), key.issuer()));
        } catch (SigningFaultException | WrongSignatureException | MalformedException e) {
            throw new FailedStartException("The responder of openssl can not be certified: " + e.getMessage());
        }
    }

    private static Profile profile() {
        return ProfileFile.builtIn(ANY_CRL_URL).profiles().stream()
                .filter(each -> each.name().equals("ocsp-responder"))
                .findFirst()
                .orElseThrow();
    }

    /// As `openssl ca` writes it: state, end, (no) revocation, serial number, file, subject; no subject twice.
    private static String entry(X509Certificate certificate) {
        return String.join(
                "\t",
                "V",
                INDEX_TIME.format(certificate.getNotAfter().toInstant()),
                "",
                hex(certificate.getSerialNumber()),
                "unknown",
                "/CN=" + certificate.getSerialNumber());
    }

    private static String hex(BigInteger serialNumber) {
        var digits = serialNumber.toString(16).toUpperCase(Locale.ROOT);
        return digits.length() % 2 == 0 ? digits : "0" + digits;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitListening(Path log) throws FailedStartException, IOException, InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!listens()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new FailedStartException("openssl ocsp does not answer: " + Files.readString(log));
            }
            Thread.sleep(AGAIN);
        }
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    URI address() {
        return address;
    }

    @Override
    public void close() {
        end(process);
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The first process starts others in the place of its children that end, and does not take them with it.
    private static void end(Process first) {
        var children = first.children().toList();
        first.destroy();
        children.forEach(ProcessHandle::destroy);
    }
}
