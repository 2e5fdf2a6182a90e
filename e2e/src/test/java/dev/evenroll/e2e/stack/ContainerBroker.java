package dev.evenroll.e2e.stack;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.evenroll.cli.broker.Broker;
import dev.evenroll.cli.broker.BrokerSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/// A broker in a container of Apache Kafka's own image.
///
/// It runs on the host's network, as the user of the test, with the data directory in its place: so configuration,
/// ports and data
/// are those that a broker in a JVM would have.
final class ContainerBroker implements Broker {

    private static final DockerImageName IMAGE = DockerImageName.parse("apache/kafka:4.3.1");
    private static final String RUN = "/opt/kafka/bin/kafka-storage.sh format --ignore-formatted -t \"$0\" -c \"$1\""
            + " && exec /opt/kafka/bin/kafka-server-start.sh \"$1\"";

    private final BrokerSetup setup;
    private @Nullable GenericContainer<?> container;
    private CompletableFuture<Exit> exit = new CompletableFuture<>();

    ContainerBroker(BrokerSetup setup) {
        this.setup = setup;
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
        setup.writeConfiguration();
        var root = setup.trust().root().toString();
        var user = owner(setup.trust().root());
        var started = new GenericContainer<>(IMAGE)
                .withNetworkMode("host")
                .withFileSystemBind(root, root, BindMode.READ_WRITE)
                .withEnv("LOG_DIR", "/tmp/kafka-logs")
                .withCreateContainerCmdModifier(command -> command.withUser(user)
                        .withEntrypoint("/bin/sh", "-c", RUN)
                        .withCmd(setup.clusterId(), setup.configuration().toString()));
        started.start();
        container = started;
        exit = watched(started);
    }

    private static String owner(Path directory) throws IOException {
        return Files.getAttribute(directory, "unix:uid") + ":" + Files.getAttribute(directory, "unix:gid");
    }

    private static CompletableFuture<Exit> watched(GenericContainer<?> started) {
        var ended = new CompletableFuture<Exit>();
        Thread.ofVirtual().name("container-broker").start(() -> {
            var status =
                    docker().waitContainerCmd(started.getContainerId()).start().awaitStatusCode();
            ended.complete(new Exit(status, List.of("see the log of the container " + started.getContainerId())));
        });
        return ended;
    }

    @Override
    public boolean ready() {
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
        if (container == null) {
            return;
        }
        try {
            exit.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            kill();
        }
        running().stop();
        container = null;
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
        if (container == null) {
            throw new IllegalStateException("The broker was not started: call start first.");
        }
        return container;
    }

    private static DockerClient docker() {
        return DockerClientFactory.instance().client();
    }
}
