package dev.evenroll.cli;

import dev.evenroll.cli.command.ApprovalCommand;
import dev.evenroll.cli.command.AuditCommand;
import dev.evenroll.cli.command.AuthorityCommand;
import dev.evenroll.cli.command.CaCommand;
import dev.evenroll.cli.command.CertificateCommand;
import dev.evenroll.cli.command.ConnectionCommand;
import dev.evenroll.cli.command.CrlCommand;
import dev.evenroll.cli.command.CsrCommand;
import dev.evenroll.cli.command.DeviceCommand;
import dev.evenroll.cli.command.EnrollCommand;
import dev.evenroll.cli.command.JobCommand;
import dev.evenroll.cli.command.KeyCommand;
import dev.evenroll.cli.command.LoginCommand;
import dev.evenroll.cli.command.LogoutCommand;
import dev.evenroll.cli.command.PolicyCommand;
import dev.evenroll.cli.command.ProfileCommand;
import dev.evenroll.cli.command.RenewalCommand;
import dev.evenroll.cli.command.TokenCommand;
import dev.evenroll.cli.command.WhoamiCommand;
import dev.evenroll.cli.up.UpCommand;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// The command line of Evenroll. Each subcommand is one class; this one only names them and turns what goes wrong into
/// a sentence and an exit code.
@Command(
        name = "evenroll",
        description =
                "Gives every EV charger its own certificate, keeps it renewed, and takes it away when it must go.",
        mixinStandardHelpOptions = true,
        version = "evenroll 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Done as asked.",
            "1:Refused or failed; the reason is on standard error.",
            "2:The command line is wrong; nothing was tried.",
            "3:The stack does not run, or can not be reached.",
            "130:Stopped by Ctrl-C (143: by SIGTERM)."
        },
        subcommands = {
            UpCommand.class,
            LoginCommand.class,
            LogoutCommand.class,
            WhoamiCommand.class,
            DeviceCommand.class,
            TokenCommand.class,
            EnrollCommand.class,
            ApprovalCommand.class,
            CertificateCommand.class,
            CrlCommand.class,
            RenewalCommand.class,
            ConnectionCommand.class,
            KeyCommand.class,
            AuthorityCommand.class,
            CaCommand.class,
            JobCommand.class,
            AuditCommand.class,
            PolicyCommand.class,
            ProfileCommand.class,
            CsrCommand.class,
            GenerateCompletion.class,
            HelpCommand.class
        })
public final class Evenroll {

    private final Terminal terminal;

    private Evenroll(Terminal terminal) {
        this.terminal = terminal;
    }

    /// The person in front of the command.
    public Terminal terminal() {
        return terminal;
    }

    public static void main(String[] arguments) {
        // QR codes are drawn without a screen.
        System.setProperty("java.awt.headless", "true");
        System.exit(commandLine().execute(arguments));
    }

    /// The command line of this process.
    public static CommandLine commandLine() {
        return commandLine(Terminal.ofProcess());
    }

    /// The command line as the tests run it too.
    ///
    /// @param terminal where questions are answered
    public static CommandLine commandLine(Terminal terminal) {
        return failingInWords(new CommandLine(new Evenroll(terminal)));
    }

    /// Lets a command line fail as ours does: with a sentence and an exit code.
    public static CommandLine failingInWords(CommandLine commandLine) {
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof FailedCommandException failed) {
                        command.getErr().println("evenroll: " + failed.getMessage());
                        return failed.exitCode();
                    }
                    if (failure instanceof IOException unusable) {
                        command.getErr().println("evenroll: " + sentence(unusable));
                        return ExitCode.FAILED;
                    }
                    throw failure;
                });
    }

    private static String sentence(IOException failure) {
        var reason = switch (failure) {
            case FileAlreadyExistsException exists -> exists.getFile() + " is in the way: it is not a directory";
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            case AccessDeniedException denied -> denied.getFile() + " may not be read or written by this user";
            default -> String.valueOf(failure.getMessage());
        };
        return reason + ". Mend that, or name another directory with --data.";
    }
}
