package dev.evenroll.e2e.stack;

import dev.evenroll.cli.administration.Inventory;
import dev.evenroll.cli.administration.LocalTokens;
import dev.evenroll.cli.broker.BrokerFactory;
import dev.evenroll.cli.fleet.SimulatedFleet;
import dev.evenroll.cli.fleet.SimulatedManufacturer;
import dev.evenroll.cli.stack.Connection;
import dev.evenroll.cli.stack.Installation;
import dev.evenroll.cli.stack.LocalStack;
import dev.evenroll.cli.stack.Service;
import dev.evenroll.cli.stack.StackOptions;
import dev.evenroll.cli.tls.ClientIdentity;
import dev.evenroll.cli.tls.TrustedServers;
import dev.evenroll.cli.trust.CaKey;
import dev.evenroll.e2e.crash.CrashAgent;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.policy.profile.ProfileFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/// The stack that the tests share.
///
/// @param data its data directory
/// @param stack the processes
/// @param fleet its simulated devices
/// @param inventory the operator's view of certificates
public record RunningStack(Path data, LocalStack stack, SimulatedFleet fleet, Inventory inventory)
        implements AutoCloseable {

    /// Revocation lists of a CA: as many as the topic of the lists has partitions.
    public static final int SHARDS = 4;

    private static final AtomicInteger DEVICES = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /// Methods of the issuer that a test may hold still: class and method, separated by commas.
    private static final String ISSUER_HELD_STILL =
            "dev.evenroll.issuer.kafka.PrepareCertificates,prepare,dev.evenroll.hsm.key.Pkcs12IssuingKey,sign,"
                    + "dev.evenroll.hsm.pkcs11.Pkcs11IssuingKey,sign";
    /// The same for csr-validator.
    private static final String VALIDATOR_HELD_STILL = "dev.evenroll.validator.streams.DeviceCommandHandler,handle";

    /// A stack with the CA key in a file, as tests need it that make certificates of their own; ready when this
    /// returns.
    public static RunningStack start(Path data) throws Exception {
        return start(data, CaKey.FILE);
    }

    /// A stack of its own, ready when this returns.
    public static RunningStack start(Path data, CaKey caKey) throws Exception {
        var crashPoints = Files.createDirectories(crashPoints(data));
        Files.writeString(data.resolve("profiles.yaml"), profiles());
        var agent = "-javaagent:" + System.getProperty("evenroll.crash-agent") + "=" + CrashAgent.NAME + ","
                + crashPoints + ",";
        var options = StackOptions.in(data)
                .keeping(caKey)
                .with(Service.ISSUER, List.of(agent + ISSUER_HELD_STILL))
                .with(Service.CSR_VALIDATOR, List.of(agent + VALIDATOR_HELD_STILL));
        var installation = Installation.locate();
        BrokerFactory brokers = ContainerBroker.possible()
                ? ContainerBroker::new
                : LocalStack.jvmBrokers(installation, options.compilation());
        var stack = new LocalStack(options, installation, brokers, new QuietListener(), InstantSource.system());
        stack.launch();
        var connection = stack.connection();
        var anchors = Pem.decodeCertificates(Files.readString(connection.administrationAnchor()));
        var key = Pem.decodePrivateKey(Files.readString(connection.tokenKey()));
        var inventory = new Inventory(
                connection.certificates(),
                TrustedServers.of(anchors),
                new LocalTokens(key, "test-operator", InstantSource.system()));
        var fleet = SimulatedFleet.at(connection, "test-operator", PATIENCE);
        return new RunningStack(data, stack, fleet, inventory);
    }

    /// A profile of stations: the renewal is due as soon as they have a certificate, the former one retired at once.
    public static final String RENEWED_AT_ONCE = "renewed-at-once";

    /// The profiles that are built in and one for tests of renewal, with several revocation lists.
    private static String profiles() throws IOException {
        try (var builtIn = Objects.requireNonNull(ProfileFile.class.getResourceAsStream("profiles.yaml"))) {
            var text = new String(builtIn.readAllBytes(), StandardCharsets.UTF_8);
            return text.replace("shards: 1", "shards: " + SHARDS).stripTrailing() + """

                      - name: %s
                        subject: { commonName: serialNumber, organization: owner }
                        keys: [secp256r1]
                        keyUsages: [digitalSignature]
                        validity: PT2H
                        backdate: PT5M
                        renewal: { dueAfterPercent: 1, jitterPercent: 0, overdueAfterPercent: 99, grace: PT0S, unseenAfter: PT0S }
                    """.formatted(RENEWED_AT_ONCE);
        }
    }

    /// Where a test arms a step of a service: a file `armed-<step>`.
    public Path crashPoints() {
        return crashPoints(data);
    }

    private static Path crashPoints(Path data) {
        return data.resolve("crash-points");
    }

    public Connection connection() {
        return stack.connection();
    }

    /// The CA that is made with the stack, then its root.
    public List<X509Certificate> chain() throws Exception {
        return Pem.decodeCertificates(Files.readString(connection().caChain()));
    }

    /// subjectKeyIdentifier of the CA that is made with the stack, lower-case hex.
    public String issuerKeyId() throws Exception {
        return IssuingCertificate.of(chain()).keyId();
    }

    /// A serial number that no other test uses.
    public static String newDeviceId() {
        return String.format("E2E-%04d", DEVICES.incrementAndGet());
    }

    public SimulatedManufacturer manufacturer() throws Exception {
        return SimulatedManufacturer.of(connection().manufacturer(), InstantSource.system());
    }

    /// A registration authority with a certificate of the stack's CA for them.
    public ClientIdentity registrationAuthority(String name) throws Exception {
        var authority = connection().registrationAuthority();
        var password = Files.readString(authority.passwordFile()).strip().toCharArray();
        var keys = Keys.generateP256();
        var certificate = CertificateAuthority.loadPkcs12(authority.keyStore(), password, InstantSource.system())
                .issueRegistrationAuthority(name, keys.getPublic(), Duration.ofDays(30));
        return new ClientIdentity(keys.getPrivate(), List.of(certificate));
    }

    /// The topics, seen as the broker's administrator.
    public Topicscope topics() {
        return new Topicscope(
                data.resolve("kafka/evenroll-provisioner.properties"),
                connection().environment());
    }

    @Override
    public void close() {
        fleet.close();
        inventory.close();
        stack.close();
    }
}
