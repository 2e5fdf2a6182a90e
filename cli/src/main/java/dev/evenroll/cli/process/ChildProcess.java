package dev.evenroll.cli.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A child JVM. It ends with us, whatever happens to us: see [dev.evenroll.cli.child.ChildMain].
public final class ChildProcess implements Supervised {

    private static final int TAIL_LINES = 10;

    /// Options meant for us, a debugger's port for one, are not for the children.
    private static final Set<String> OUR_OWN = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private final String name;
    private final JavaCommand command;
    private final Path workingDirectory;
    private final Map<String, String> environment;
    private final LogFile log;
    private final ProcessRecord record;
    private final BooleanSupplier readiness;
    private volatile @Nullable Process process;

    /// @param workingDirectory must exist
    /// @param environment what it has beside what we have; never a secret
    /// @param log its log of the run before is put aside at each start
    /// @param readiness asks the running process whether it is ready; answers soon
    public ChildProcess(
            String name,
            JavaCommand command,
            Path workingDirectory,
            Map<String, String> environment,
            LogFile log,
            ProcessRecord record,
            BooleanSupplier readiness) {
        this.name = name;
        this.command = command;
        this.workingDirectory = workingDirectory;
        this.environment = Map.copyOf(environment);
        this.log = log;
        this.record = record;
        this.readiness = readiness;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() throws IOException {
        log.rotate();
        var builder = new ProcessBuilder(command.words())
                .directory(workingDirectory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.path().toFile());
        builder.environment().keySet().removeAll(OUR_OWN);
        builder.environment().putAll(environment);
        var started = builder.start();
        process = started;
        record.write(started.toHandle());
    }

    @Override
    public boolean ready() {
        return running().isAlive() && readiness.getAsBoolean();
    }

    @Override
    public CompletableFuture<Exit> exit() {
        return running().onExit().thenApply(ended -> new Exit(ended.exitValue(), log.tail(TAIL_LINES)));
    }

    @Override
    public long pid() {
        return running().pid();
    }

    @Override
    public void kill() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    @Override
    public void terminate() {
        if (process != null) {
            process.destroy();
        }
    }

    @Override
    public void awaitEnd(Duration limit) throws InterruptedException, IOException {
        var started = process;
        if (started != null) {
            if (!started.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
            record.delete();
        }
    }

    private Process running() {
        var started = process;
        if (started == null) {
            throw new IllegalStateException(name + " was not started: call start first.");
        }
        return started;
    }
}
