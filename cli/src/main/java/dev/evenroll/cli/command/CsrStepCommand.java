package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// One step of the making of a certification request. It needs no running stack, and no private key.
abstract class CsrStepCommand implements Callable<Integer> {

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where it is written.")
    private Path out = Path.of("");

    @Spec
    private @Nullable CommandSpec spec;

    /// What the step makes.
    abstract Der make() throws MalformedException, IOException;

    /// What to do with it, a sentence.
    abstract String next(Path made);

    @Override
    public final Integer call() throws FailedCommandException, IOException {
        try {
            Files.write(out, make().bytes());
        } catch (MalformedException e) {
            throw new FailedCommandException(ExitCode.FAILED, e.getMessage() + ".", e);
        }
        if (spec != null) {
            var terminal = spec.commandLine().getOut();
            terminal.println(next(out));
            terminal.flush();
        }
        return ExitCode.OK;
    }

    static Der read(Path file) throws IOException {
        return Der.of(Files.readAllBytes(file));
    }
}
