package dev.evenroll.cli.command;

import dev.evenroll.cli.login.LoginException;
import dev.evenroll.cli.login.LoginFile;
import java.io.IOException;
import picocli.CommandLine.Command;

/// `evenroll whoami`.
@Command(
        name = "whoami",
        description = "Shows who you are to the services, and with which roles.",
        mixinStandardHelpOptions = true)
public final class WhoamiCommand extends OperatorCommand {

    @Override
    void run(Operator operator) throws IOException, LoginException {
        new Whoami(new LoginFile(data().directory()).read()).print(this);
    }
}
