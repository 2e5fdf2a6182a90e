package dev.evenroll.e2e.stack;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.evenroll.cli.broker.Broker;
import dev.evenroll.cli.broker.BrokerSetup;
import dev.evenroll.cli.process.LogFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/// A broker in a container of Apache Kafka's own image.
///
/// It runs on the host's network, as the user of the test, with the data directory in its place: so configuration,
/// ports, data and log are those that a broker in a JVM would have.
final class ContainerBroker implements Broker {

    private static final DockerImageName IMAGE = DockerImageName.parse("apache/kafka:4.4.0");
    private static final String HEAP = "-Xmx512m";
    private static final int TAIL_LINES = 20;

    /// With cluster id, configuration and log.
    private static final String RUN = "exec >\"$2\" 2>&1"
            + "; /opt/kafka/bin/kafka-storage.sh format --ignore-formatted -t \"$0\" -c \"$1\""
            + " && exec /opt/kafka/bin/kafka-server-start.sh \"$1\"";

    private final BrokerSetup setup;
    private final LogFile log;
    private volatile @Nullable GenericContainer<?> container;
    private volatile CompletableFuture<Exit> exit = new CompletableFuture<>();

    ContainerBroker(BrokerSetup setup) {
        this.setup = setup;
        this.log = new LogFile(setup.logs().resolve(name() + ".log"));
    }

    /// Whether there is a Docker engine to run it.
    static boolean possible() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + setup.clientPort();
    }

    @Override
    public String name() {
        return "broker";
    }

    @Override
    public void start() throws IOException {
        remove();
        setup.writeConfiguration();
        log.rotate();
        var created = create();
        try {
            created.start();
        } catch (ContainerLaunchException e) {
            throw new IOException(
                    "The container of the broker did not start: see whether `docker run " + IMAGE + "` works, and "
                            + log.path() + ".",
                    e);
        }
        container = created;
        exit = watched(created.getContainerId());
    }

    private GenericContainer<?> create() throws IOException {
        var root = setup.trust().root();
        var user = Files.getAttribute(root, "unix:uid") + ":" + Files.getAttribute(root, "unix:gid");
        return new GenericContainer<>(IMAGE)
                .withNetworkMode("host")
                .withFileSystemBind(root.toString(), root.toString(), BindMode.READ_WRITE)
                .withEnv("LOG_DIR", "/tmp/kafka-logs")
                .withEnv("KAFKA_HEAP_OPTS", HEAP)
                .withCreateContainerCmdModifier(command -> command.withUser(user)
                        .withEntrypoint("/bin/sh", "-c", RUN)
                        .withCmd(
                                setup.clusterId(),
                                setup.configuration().toString(),
                                log.path().toString()));
    }

    private CompletableFuture<Exit> watched(String id) {
        var ended = new CompletableFuture<Exit>();
        Thread.ofVirtual().name("container-broker").start(() -> {
            try {
                var status = docker().waitContainerCmd(id).start().awaitStatusCode();
                ended.complete(new Exit(status, log.tail(TAIL_LINES)));
            } catch (DockerException | DockerClientException e) {
                // The engine is gone, or no longer knows the container: who waits must not wait for ever.
                ended.completeExceptionally(e);
            }
        });
        return ended;
    }

    @Override
    public boolean ready() {
        return !exit.isDone() && listens();
    }

    /// The client listener is opened last.
    private boolean listens() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), setup.clientPort()), 200);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    @Override
    public CompletableFuture<Exit> exit() {
        return exit;
    }

    @Override
    public long pid() {
        var pid = running().getCurrentContainerInfo().getState().getPidLong();
        return pid == null ? -1 : pid;
    }

    @Override
    public void kill() throws InterruptedException {
        signal("SIGKILL");
        try {
            exit.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of the container is not known", e);
        }
    }

    @Override
    public void terminate() {
        if (container != null) {
            signal("SIGTERM");
        }
    }

    @Override
    public void awaitEnd(Duration limit) throws InterruptedException {
        try {
            if (container != null) {
                exit.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException | ExecutionException e) {
            // Its removal ends it.
        }
        remove();
    }

    /// From the engine, which keeps also one that was killed. One that still runs ends at once.
    private void remove() {
        var last = container;
        if (last != null) {
            last.stop();
            container = null;
        }
    }

    private void signal(String name) {
        try {
            docker().killContainerCmd(running().getContainerId())
                    .withSignal(name)
                    .exec();
        } catch (ConflictException | NotFoundException ended) {
            // It has ended already.
            return;
        }
    }

    private GenericContainer<?> running() {
        var started = container;
        if (started == null) {
            throw new IllegalStateException("The broker was not started: call start first.");
        }
        return started;
    }

    private static DockerClient docker() {
        return DockerClientFactory.instance().client();
    }
}
