package dev.evenroll.e2e.bench;

import dev.evenroll.cli.stack.Compilation;
import dev.evenroll.cli.stack.LocalStack;
import dev.evenroll.cli.stack.StackOptions;
import dev.evenroll.cli.trust.CaKey;
import dev.evenroll.cli.trust.TrustFiles;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `evenroll bench ocsp`: OCSP beside the responder of openssl.
@Command(
        name = "ocsp",
        description = "Measures how many OCSP requests are answered per second, and how many openssl answers.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Starts a stack of its own in a temporary directory, as up --throughput does, and removes it afterwards.",
            "Needs openssl. The clients are on the same cores and take their part of them. Takes about five minutes."
        })
final class OcspBenchCommand extends BenchCommand {

    @Option(
            names = "--certificates",
            paramLabel = "N",
            defaultValue = "100",
            description = "Certificates that are asked about in turn (${DEFAULT-VALUE}).")
    private int certificates;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How long each figure of a round is measured (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Rounds, of which the medians count, after warming up (${DEFAULT-VALUE}).")
    private int rounds;

    @Mixin
    private QuickStartOption quickStart = new QuickStartOption();

    @Override
    void check() {
        atLeast("--certificates", certificates, 1);
        atLeast("--seconds", seconds, 1);
        atLeast("--rounds", rounds, 1);
    }

    @Override
    void run(BenchDirectory place) throws Exception {
        var warm = quickStart.compilation() != Compilation.QUICK_START;
        var size = new OcspBench.Size(certificates, Duration.ofSeconds(seconds), rounds, warm);
        OpenSslResponder.requireInstalled();
        var data = place.path().resolve("stack");
        progress("starting a stack in " + data);
        try (var stack = LocalStack.start(
                StackOptions.in(data).keeping(CaKey.FILE).compiledFor(quickStart.compilation()),
                new StackProgress(this::progress))) {
            var bench = new OcspBench(place.path().resolve("openssl"), size, this::progress);
            print(bench.run(stack.connection(), new TrustFiles(data)).fields());
        }
    }
}
