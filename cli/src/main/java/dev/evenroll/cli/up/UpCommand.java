package dev.evenroll.cli.up;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.fleet.Demo;
import dev.evenroll.cli.fleet.DemoOptions;
import dev.evenroll.cli.fleet.DemoReport;
import dev.evenroll.cli.fleet.DemoResult;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.process.FailedStartException;
import dev.evenroll.cli.stack.Compilation;
import dev.evenroll.cli.stack.DataOption;
import dev.evenroll.cli.stack.Installation;
import dev.evenroll.cli.stack.LocalStack;
import dev.evenroll.cli.stack.StackOptions;
import dev.evenroll.cli.trust.CaKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `evenroll up`: starts the local stack and stays until it is stopped; with `--demo`, a simulated fleet enrolls.
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Starts a Kafka broker and the five services on this machine, and stays until Ctrl-C.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:With --once: every device ended as it should.",
            "1:The stack did not start, a process died too often, or a device ended otherwise.",
            "2:The command line is wrong; nothing was tried.",
            "130:Stopped by Ctrl-C (143: by SIGTERM), after everything was stopped in order."
        })
public final class UpCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final DataOption data = new DataOption();

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "test, staging or production: what the data belongs to, for ever (default: test).")
    private @Nullable String environment;

    @Mixin
    private final PortOptions ports = new PortOptions();

    @Option(
            names = "--name",
            paramLabel = "HOST",
            description = "Name or address by which devices on other machines call this one; opens the EST server and"
                    + " the CRLs to the network. May be repeated.")
    private List<String> names = List.of();

    @Option(
            names = "--ca-key",
            paramLabel = "WHERE",
            description = "token or file: where the key of the issuing CA is made and stays. A token needs SoftHSM2"
                    + " (default: token where that is installed).")
    private @Nullable CaKey caKey;

    @Option(
            names = "--throughput",
            description = "Compile for long work, such as a large import: starts half as fast, does twice as much once"
                    + " it is warm.")
    private boolean throughput;

    @Option(names = "--demo", description = "Register a small fleet and enroll it, devices to be refused among them.")
    private boolean demo;

    @Option(names = "--once", description = "With --demo: stop everything after it.")
    private boolean once;

    @Option(names = "--devices", paramLabel = "N", description = "Devices of the demo (default: ${DEFAULT-VALUE}).")
    private int devices = DemoOptions.DEFAULT_DEVICES;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description =
                    "Devices that enroll at the same time; 1 shows the latency at rest (default: ${DEFAULT-VALUE}).")
    private int concurrency = DemoOptions.DEFAULT_CONCURRENCY;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "table or json; json prints one document, and progress to standard error.")
    private OutputFormat output = OutputFormat.TABLE;

    private final InstantSource clock = InstantSource.system();
    private volatile boolean stopping;

    @Override
    public Integer call() throws FailedCommandException, IOException, InterruptedException {
        check();
        var begin = clock.instant();
        var installation = Installation.locate();
        var compilation = throughput ? Compilation.THROUGHPUT : Compilation.QUICK_START;
        var stack = new LocalStack(
                new StackOptions(data.directory(), environment, ports.ports(), names, caKey, compilation, Map.of()),
                installation,
                LocalStack.jvmBrokers(installation, compilation),
                new StepLines(progress(), terminal(), clock, ZoneId.systemDefault()),
                clock);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            stopping = true;
            stack.close();
        }));
        try {
            return run(stack, begin);
        } catch (FailedStartException failed) {
            if (stopping) {
                return ExitCode.FAILED;
            }
            throw failed;
        } finally {
            stack.close();
        }
    }

    private void check() {
        if (once && !demo) {
            throw usage("--once stops everything after the demo: add --demo.");
        }
        if (devices < 1 || concurrency < 1) {
            throw usage("--devices and --concurrency must be at least 1.");
        }
    }

    private int run(LocalStack stack, Instant begin) throws FailedCommandException, IOException, InterruptedException {
        stack.launch();
        var ready = Duration.between(begin, clock.instant());
        progress().printf("Ready in %.1f s.%n", ready.toMillis() / 1000.0);
        Addresses.print(stack.connection(), data.directory(), progress());
        if (demo) {
            var asExpected = demonstrate(stack, begin, ready);
            if (once) {
                return asExpected ? ExitCode.OK : ExitCode.FAILED;
            }
        }
        progress().println("Ctrl-C stops everything.");
        progress().flush();
        throw givenUp(stack);
    }

    /// Waits until a process was given up.
    private static FailedCommandException givenUp(LocalStack stack) {
        return new FailedCommandException(
                ExitCode.FAILED, stack.givenUp().join() + " Everything is stopped: start again with `evenroll up`.");
    }

    /// @return whether every device ended as it should
    private boolean demonstrate(LocalStack stack, Instant begin, Duration ready)
            throws FailedCommandException, InterruptedException {
        var options = DemoOptions.of(devices, concurrency, data.directory().resolve("demo"), terminal());
        var result = run(stack, options);
        var report = new DemoReport(result);
        if (output == OutputFormat.TABLE) {
            report.print(out());
        }
        if (once) {
            stack.close();
        }
        if (output == OutputFormat.JSON) {
            out().println(report.json(ready, Duration.between(begin, clock.instant())));
            out().flush();
        }
        return result.asExpected();
    }

    /// The demo; it ends at once when a process is given up, which its devices would wait for in vain.
    private DemoResult run(LocalStack stack, DemoOptions options) throws FailedCommandException, InterruptedException {
        var demonstrating = Thread.currentThread();
        var watch = stack.givenUp().thenRun(demonstrating::interrupt);
        try {
            return Demo.run(stack.connection(), options, progress());
        } catch (InterruptedException interrupted) {
            if (!stack.givenUp().isDone()) {
                throw interrupted;
            }
            progress().println();
            throw givenUp(stack);
        } finally {
            watch.cancel(false);
        }
    }

    private PrintWriter progress() {
        return output == OutputFormat.JSON ? commandLine().getErr() : out();
    }

    private PrintWriter out() {
        return commandLine().getOut();
    }

    @SuppressWarnings("SystemConsoleNull") // JDK 25 went back to the console that is null without a terminal.
    private boolean terminal() {
        var console = System.console();
        return output == OutputFormat.TABLE && console != null && console.isTerminal();
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(commandLine(), message);
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("Picocli sets the specification before it calls.");
        }
        return spec.commandLine();
    }
}
