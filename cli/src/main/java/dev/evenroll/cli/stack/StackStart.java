package dev.evenroll.cli.stack;

import dev.evenroll.cli.broker.Broker;
import dev.evenroll.cli.broker.BrokerSetup;
import dev.evenroll.cli.files.ProcessLock;
import dev.evenroll.cli.files.PropertiesFile;
import dev.evenroll.cli.process.ChildProcess;
import dev.evenroll.cli.process.FailedStartException;
import dev.evenroll.cli.process.JavaCommand;
import dev.evenroll.cli.process.Leftovers;
import dev.evenroll.cli.process.LogFile;
import dev.evenroll.cli.process.ProcessRecord;
import dev.evenroll.cli.process.Supervised;
import dev.evenroll.cli.trust.CaKey;
import dev.evenroll.cli.trust.NewIssuingKey;
import dev.evenroll.cli.trust.TrustFiles;
import dev.evenroll.cli.trust.TrustMaterial;
import dev.evenroll.kafka.provision.ProvisioningException;
import dev.evenroll.kafka.provision.TopicProvisioner;
import dev.evenroll.pki.identity.Environment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;

/// One start of a local stack: brings the data directory to where the processes find what they need. It starts
/// nothing itself.
final class StackStart {

    private static final Duration LEFTOVERS_LIMIT = Duration.ofSeconds(12);
    private static final String LOOPBACK = "127.0.0.1";
    private static final String ANY_ADDRESS = "0.0.0.0";

    private final StackOptions options;
    private final Installation installation;
    private final StackSteps steps;
    private final InstantSource clock;
    private final DataDirectory data;
    private StackRecord record = new StackRecord("", "", "", Map.of());

    StackStart(StackOptions options, Installation installation, StackSteps steps, InstantSource clock) {
        this.options = options;
        this.installation = installation;
        this.steps = steps;
        this.clock = clock;
        this.data = new DataDirectory(options.dataDirectory());
    }

    /// Locks the data directory and fills it: record, ports, trust material.
    ProcessLock prepare() throws IOException, FailedStartException, InterruptedException {
        checkBuild();
        data.create();
        var lock = ProcessLock.take(data.lock())
                .orElseThrow(() -> new FailedStartException(
                        "The data directory " + data.lock().getParent()
                                + " is in use by a running stack: stop that one first, or name another directory with"
                                + " --data."));
        var prepared = false;
        try {
            awaitLeftovers();
            if (!Files.exists(data.record()) && Files.exists(data.trust().caChain())) {
                throw new FailedStartException("The record " + data.record() + " is missing, though a CA was made in "
                        + "this directory: without it, environment and CRL address of that CA are not known. Restore "
                        + "it, or start anew in another directory with --data.");
            }
            var before = StackRecord.read(data.record(), options);
            var ports = new PortPlan(PortPlan::freeOnLoopback, steps::note).choose(options.ports(), before.ports());
            var crlBase =
                    before.crlBase().isEmpty() ? "http://" + host() + ":" + ports.get(Port.CRL) : before.crlBase();
            record = before.with(crlBase, ports);
            record.write(data.record());
            steps.run("preparing keys and certificates", this::trust);
            prepared = true;
            return lock;
        } finally {
            if (!prepared) {
                lock.close();
            }
        }
    }

    private void checkBuild() throws FailedStartException {
        for (var service : Service.values()) {
            var jar = installation.service(service.serviceName());
            if (!Files.exists(jar)) {
                throw new FailedStartException(service.serviceName() + " is not built: " + jar
                        + " is missing. Start with the script evenroll, which builds it, or run ./mvnw package.");
            }
        }
    }

    private void awaitLeftovers() throws IOException, InterruptedException {
        var names = Leftovers.await(data.processes(), LEFTOVERS_LIMIT);
        if (!names.isEmpty()) {
            steps.note("Waited for processes of a start that was killed: " + String.join(", ", names) + ".");
        }
    }

    private void trust() throws IOException, FailedStartException, InterruptedException {
        var first = !Files.exists(data.trust().caChain());
        var asked = options.caKey();
        if (!first && asked != null && asked != data.trust().caKey()) {
            throw new FailedStartException("The CA key of " + options.dataDirectory() + " was made in a "
                    + data.trust().caKey().label() + ", and stays there: leave --ca-key out, or name another directory"
                    + " with --data.");
        }
        try {
            var made = TrustMaterial.establish(
                    data.trust(),
                    NewIssuingKey.of(asked, installation.ownClassPath()),
                    new Environment(record.environment()),
                    options.names(),
                    List.of(Service.CSR_VALIDATOR.serviceName(), Service.REVOCATION_SERVICE.serviceName()),
                    clock);
            if (!first) {
                made.forEach(what -> steps.note("Made anew: " + what + "."));
            }
        } catch (IllegalArgumentException wrongOption) {
            throw new FailedStartException(String.valueOf(wrongOption.getMessage()), wrongOption);
        }
    }

    BrokerSetup brokerSetup() {
        return new BrokerSetup(
                data.broker(),
                data.logs(),
                data.processes(),
                data.trust(),
                record.clusterId(),
                port(Port.KAFKA),
                port(Port.CONTROLLER));
    }

    /// Writes what the clients of the broker and the services read at their start.
    void writeClients(String bootstrapServers) throws IOException {
        KafkaClients.write(data, bootstrapServers);
        var configuration = new ServiceConfiguration(
                data,
                record.environment(),
                record.ports(),
                options.names().isEmpty() ? LOOPBACK : ANY_ADDRESS,
                record.crlBase() + "/crl/{issuer}-{shard}.crl");
        for (var service : Service.values()) {
            configuration.write(service);
        }
    }

    /// Creates topics and access rules, or finds that they are there. Nobody waits afterwards for what an earlier run
    /// of the broker has left open.
    void provision(Broker broker, TransactionWatch transactions)
            throws IOException, FailedStartException, InterruptedException {
        var properties = PropertiesFile.read(data.kafkaClient(TrustFiles.PROVISIONER));
        // A broker that has just opened its listener may refuse a few times more.
        properties.setProperty("reconnect.backoff.max.ms", "100");
        try (var admin = Admin.create(properties)) {
            transactions.lookFirst(admin);
            TopicProvisioner.provision(admin, record.environment(), (short) 1);
        } catch (ProvisioningException refused) {
            throw new FailedStartException(
                    refused.getMessage() + " Its log: " + data.logs().resolve(broker.name() + ".log"), refused);
        }
    }

    Supervised process(Service service) throws IOException {
        var management = management(service);
        return new ChildProcess(
                service.serviceName(),
                new JavaCommand(
                        List.of(installation.childClassPath(), installation.service(service.serviceName())),
                        flags(service),
                        installation.mainClass(service.serviceName()),
                        List.of()),
                data.service(service),
                service == Service.ISSUER ? tokenEnvironment() : Map.of(),
                new LogFile(data.logs().resolve(service.serviceName() + ".log")),
                new ProcessRecord(data.processes().resolve(service.serviceName())),
                () -> Readiness.of(management));
    }

    private Map<String, String> tokenEnvironment() {
        return data.trust().caKey() == CaKey.TOKEN ? data.trust().token().environment() : Map.of();
    }

    private List<String> flags(Service service) {
        var flags = new ArrayList<>(JavaFlags.of(service.heapMebibytes(), options.compilation()));
        flags.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        flags.add("-Dquarkus.config.locations=" + data.configuration(service));
        flags.addAll(options.flags(service));
        return flags;
    }

    /// Writes down how to speak to the stack.
    Connection connect() throws IOException {
        var trust = data.trust();
        var management = new TreeMap<String, URI>();
        for (var service : Service.values()) {
            management.put(service.serviceName(), management(service));
        }
        var manufacturer = trust.manufacturerAuthority();
        var registrationAuthority = trust.registrationAuthorityCa();
        var connection = new Connection(
                record.environment(),
                URI.create("https://" + host() + ":" + port(Port.EST)),
                URI.create("https://localhost:" + port(Port.REGISTRY)),
                URI.create("https://localhost:" + port(Port.CERTIFICATES)),
                URI.create(record.crlBase()),
                URI.create("http://" + LOOPBACK + ":" + port(Port.CONNECTIONS)),
                URI.create("http://" + LOOPBACK + ":" + port(Port.OCSP)),
                trust.caChain(),
                trust.platformAnchor(),
                trust.tokenKey(),
                data.kafkaClient("auditor"),
                new Connection.SigningAuthority(registrationAuthority.keyStore(), registrationAuthority.passwordFile()),
                new Connection.Manufacturer(
                        TrustFiles.MANUFACTURER, manufacturer.keyStore(), manufacturer.passwordFile()),
                management);
        connection.write(data.connection());
        return connection;
    }

    private URI management(Service service) {
        return URI.create("http://" + LOOPBACK + ":" + port(service.management()));
    }

    private String host() {
        return options.names().isEmpty() ? "localhost" : options.names().getFirst();
    }

    private int port(Port port) {
        var number = record.ports().get(port);
        if (number == null) {
            throw new IllegalStateException("Ports are chosen by prepare, which comes first.");
        }
        return number;
    }
}
