package dev.evenroll.e2e.bench;

import dev.evenroll.cli.stack.LocalStack;
import dev.evenroll.cli.stack.StackOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `evenroll bench authorize`: connection authorization under load.
@Command(
        name = "authorize",
        description = "Measures how long connection authorization takes when a fleet comes back at once.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Starts a stack of its own in a temporary directory, as up --throughput does, and removes it afterwards.",
            "A question is due at a fixed time whether or not the one before is answered, and its time counts from then."
        })
final class AuthorizeBenchCommand extends BenchCommand {

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Questions per second (${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "30",
            description = "How long they are asked, after a third of that to warm up (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "100",
            description = "Devices, each with its certificate, that connect in turn (${DEFAULT-VALUE}).")
    private int devices;

    @Mixin
    private QuickStartOption quickStart = new QuickStartOption();

    @Override
    void check() {
        atLeast("--rate", rate, AuthorizeBench.CONNECTIONS);
        atLeast("--seconds", seconds, 1);
        atLeast("--devices", devices, 1);
    }

    @Override
    void run(BenchDirectory place) throws Exception {
        var data = place.path().resolve("stack");
        progress("starting a stack in " + data);
        try (var stack = LocalStack.start(
                StackOptions.in(data).compiledFor(quickStart.compilation()), new StackProgress(this::progress))) {
            print(new AuthorizeBench(rate, seconds, devices, this::progress, stack.connection()).run());
        }
    }
}
