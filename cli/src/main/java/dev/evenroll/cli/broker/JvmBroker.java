package dev.evenroll.cli.broker;

import dev.evenroll.cli.process.ChildProcess;
import dev.evenroll.cli.process.JavaCommand;
import dev.evenroll.cli.process.LogFile;
import dev.evenroll.cli.process.ProcessRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// A broker in a child JVM: [BrokerMain].
public final class JvmBroker implements Broker {

    private static final List<String> LOGGING = List.of(
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info");

    private final BrokerSetup setup;
    private final ChildProcess process;

    /// @param classPath of the child JVM
    /// @param flags of the child JVM
    public JvmBroker(BrokerSetup setup, List<Path> classPath, List<String> flags) {
        this.setup = setup;
        this.process = new ChildProcess(
                "broker",
                new JavaCommand(
                        classPath,
                        Stream.concat(flags.stream(), LOGGING.stream()).toList(),
                        BrokerMain.class.getName(),
                        List.of(setup.clusterId(), setup.configuration().toString())),
                setup.directory(),
                Map.of(),
                new LogFile(setup.logs().resolve("broker.log")),
                new ProcessRecord(setup.records().resolve("broker")),
                this::listens);
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + setup.clientPort();
    }

    @Override
    public String name() {
        return process.name();
    }

    @Override
    public void start() throws IOException {
        setup.writeConfiguration();
        process.start();
    }

    @Override
    public boolean ready() {
        return process.ready();
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
        return process.exit();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void kill() throws InterruptedException {
        process.kill();
    }

    @Override
    public void terminate() {
        process.terminate();
    }

    @Override
    public void awaitEnd(Duration limit) throws InterruptedException, IOException {
        process.awaitEnd(limit);
    }
}
