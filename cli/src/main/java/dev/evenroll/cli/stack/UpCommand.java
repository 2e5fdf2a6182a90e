package dev.evenroll.cli.stack;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `evenroll up`: starts the local stack and stays until it is stopped.
@Command(name = "up", mixinStandardHelpOptions = true, description = "Starts the local stack.")
public final class UpCommand implements Callable<Integer> {

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws Exception {
        return 0;
    }
}
