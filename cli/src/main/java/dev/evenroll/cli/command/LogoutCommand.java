package dev.evenroll.cli.command;

import dev.evenroll.cli.login.LoginFile;
import dev.evenroll.cli.output.OutputFormat;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;

/// `evenroll logout`.
@Command(
        name = "logout",
        description =
                "Forgets the login. A token of the local stack stays valid until its end, wherever it was copied.",
        mixinStandardHelpOptions = true)
public final class LogoutCommand extends OperatorCommand {

    @Override
    void run(Operator operator) throws IOException {
        boolean was = new LoginFile(data().directory()).delete();
        if (format() == OutputFormat.JSON) {
            print(Map.of("loggedOut", was));
        } else {
            out().println(was ? "You are logged out." : "You were not logged in.");
        }
    }
}
