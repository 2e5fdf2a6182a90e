package dev.evenroll.cli.stack;

import dev.evenroll.cli.broker.Broker;
import dev.evenroll.cli.broker.BrokerFactory;
import dev.evenroll.cli.broker.JvmBroker;
import dev.evenroll.cli.files.ProcessLock;
import dev.evenroll.cli.process.FailedStartException;
import dev.evenroll.cli.process.Supervised;
import dev.evenroll.cli.process.Supervisor;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A stack on this machine: a broker and the five services, each a process of its own, and the data directory that
/// they leave as they found it for the next start. What dies is started again; all of it ends with this process.
///
/// Thread-safe: one thread may start it while another closes it.
public final class LocalStack implements AutoCloseable {

    private static final int BROKER_HEAP_MEBIBYTES = 512;
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final Duration SERVICES_STOP_LIMIT = Duration.ofSeconds(5);
    private static final Duration BROKER_STOP_LIMIT = Duration.ofSeconds(4);

    private final StackOptions options;
    private final BrokerFactory brokers;
    private final Installation installation;
    private final StackSteps steps;
    private final TransactionWatch transactions;
    private final Supervisor supervisor;
    private final InstantSource clock;
    private final Map<Service, Supervised> services = new EnumMap<>(Service.class);
    private @Nullable ProcessLock lock;
    private @Nullable Broker broker;
    private @Nullable Connection connection;
    private boolean closed;

    /// A stack that is not started yet: see [#launch()].
    ///
    /// @param brokers makes the broker; [#jvmBroker(BrokerSetup)] unless a test has its own
    public LocalStack(
            StackOptions options,
            Installation installation,
            BrokerFactory brokers,
            StackListener listener,
            InstantSource clock) {
        this.options = options;
        this.installation = installation;
        this.brokers = brokers;
        this.steps = new StackSteps(listener, clock);
        this.transactions = new TransactionWatch(new DataDirectory(options.dataDirectory()), listener, clock);
        this.supervisor = new Supervisor(transactions, clock);
        this.clock = clock;
    }

    /// A stack with a broker in a JVM, ready when this returns.
    ///
    /// @throws FailedStartException when it did not become ready; then nothing runs any more
    public static LocalStack start(StackOptions options, StackListener listener)
            throws FailedStartException, IOException, InterruptedException {
        var installation = Installation.locate();
        var stack = new LocalStack(
                options,
                installation,
                jvmBrokers(installation, options.compilation()),
                listener,
                InstantSource.system());
        stack.launch();
        return stack;
    }

    /// Makes brokers in child JVMs.
    public static BrokerFactory jvmBrokers(Installation installation, Compilation compilation) {
        return setup ->
                new JvmBroker(setup, installation.ownClassPath(), JavaFlags.of(BROKER_HEAP_MEBIBYTES, compilation));
    }

    /// Starts everything and returns when it is ready.
    ///
    /// @throws FailedStartException when it did not become ready; then nothing runs any more
    public void launch() throws FailedStartException, IOException, InterruptedException {
        var ready = false;
        try {
            launchAll();
            ready = true;
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    private void launchAll() throws FailedStartException, IOException, InterruptedException {
        var start = new StackStart(options, installation, steps, clock);
        keep(start.prepare());
        var newBroker = brokers.create(start.brokerSetup());
        start.writeClients(newBroker.bootstrapServers());
        steps.run("starting the broker", () -> {
            synchronized (this) {
                broker = newBroker;
                supervisor.start(newBroker);
            }
            supervisor.awaitReady(newBroker, READY_LIMIT);
        });
        steps.run("creating topics and access rules", () -> start.provision(newBroker, transactions));
        steps.run("starting the five services", () -> {
            for (var service : Service.values()) {
                var process = start.process(service);
                synchronized (this) {
                    services.put(service, process);
                    supervisor.start(process);
                }
            }
            supervisor.awaitReady(
                    List.copyOf(services.values()),
                    READY_LIMIT,
                    names -> steps.progressed("waiting for " + String.join(", ", names)));
        });
        synchronized (this) {
            connection = start.connect();
        }
    }

    private synchronized void keep(ProcessLock taken) throws IOException, FailedStartException {
        if (closed) {
            taken.close();
            throw new FailedStartException("Stopped before the broker was started.");
        }
        lock = taken;
    }

    /// How to speak to it.
    public synchronized Connection connection() {
        if (connection == null) {
            throw new IllegalStateException("The stack is not ready: call launch first.");
        }
        return connection;
    }

    /// The process of a service as it is now; another one after a restart.
    public ProcessHandle process(Service service) {
        return running(supervised(service))
                .orElseThrow(() -> new IllegalStateException(service.serviceName() + " does not run now."));
    }

    /// The processes that run now by name: the broker, then the services.
    public synchronized Map<String, ProcessHandle> processes() {
        var processes = new LinkedHashMap<String, ProcessHandle>();
        Stream.concat(Stream.ofNullable(broker), services.values().stream())
                .forEach(process -> running(process).ifPresent(handle -> processes.put(process.name(), handle)));
        return processes;
    }

    private static Optional<ProcessHandle> running(Supervised process) {
        return ProcessHandle.of(process.pid()).filter(ProcessHandle::isAlive);
    }

    /// Kills a service (SIGKILL), as a crash would; it stays down until [#start(Service)].
    public void kill(Service service) throws InterruptedException {
        supervisor.kill(supervised(service));
    }

    /// Stops a service in order; it stays down until [#start(Service)].
    public void stop(Service service) throws IOException, InterruptedException {
        supervisor.stop(supervised(service), SERVICES_STOP_LIMIT);
    }

    /// Starts a service that was killed or stopped and waits until it is ready.
    public void start(Service service) throws FailedStartException, IOException, InterruptedException {
        start(service, READY_LIMIT);
    }

    /// The same for one that may take longer: it makes stores of many devices anew.
    public void start(Service service, Duration limit) throws FailedStartException, IOException, InterruptedException {
        var process = supervised(service);
        supervisor.start(process);
        supervisor.awaitReady(process, limit);
    }

    /// Kills the broker and starts it again on its data; returns when it takes connections.
    public void crashBroker() throws FailedStartException, IOException, InterruptedException {
        Broker running;
        synchronized (this) {
            running = broker;
        }
        if (running == null) {
            throw new IllegalStateException("The stack is not ready: call launch first.");
        }
        supervisor.kill(running);
        supervisor.start(running);
        supervisor.awaitReady(running, READY_LIMIT);
        transactions.begin();
    }

    /// Completes with a sentence when a process died too often and was given up: then close the stack.
    public CompletableFuture<String> givenUp() {
        return supervisor.givenUp();
    }

    /// Stops everything: services first, broker last, in at most ten seconds. Nothing when it is stopped already.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        supervisor.startNothingMore();
        transactions.close();
        try {
            if (!services.isEmpty()) {
                var all = List.copyOf(services.values());
                steps.run("stopping the services", () -> supervisor.stop(all, SERVICES_STOP_LIMIT));
            }
            if (broker != null) {
                var last = broker;
                steps.run("stopping the broker", () -> supervisor.stop(List.of(last), BROKER_STOP_LIMIT));
            }
            if (lock != null) {
                lock.close();
            }
        } catch (IOException | FailedStartException failed) {
            steps.note("Not everything was stopped in order: " + failed.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Supervised supervised(Service service) {
        var process = services.get(service);
        if (process == null) {
            throw new IllegalStateException(service.serviceName() + " was not started: call launch first.");
        }
        return process;
    }
}
