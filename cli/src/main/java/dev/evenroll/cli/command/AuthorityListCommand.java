package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.Authority;
import dev.evenroll.cli.output.Column;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Table;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/// `evenroll authority list`.
@Command(name = "list", description = "Lists the registration authorities.", mixinStandardHelpOptions = true)
final class AuthorityListCommand extends OperatorCommand {

    @Override
    void run(Operator operator) throws FaultException, FinalException, FailedCommandException, InterruptedException {
        try (var authorities = operator.authorities()) {
            var all = authorities.list();
            if (format() == OutputFormat.JSON) {
                print(Map.of(
                        "registrationAuthorities",
                        all.stream().map(Authority::fields).toList()));
                return;
            }
            var table = new Table(
                    Column.left("NAME", 32),
                    Column.left("KIND", 16),
                    Column.left("ACTIVE", 6),
                    Column.left("BOUND", 5),
                    Column.wrapped("SITES OR MANUFACTURERS"));
            for (var authority : all) {
                table.row(
                        authority.name(),
                        authority.kind().toString(),
                        authority.active() ? "yes" : "no",
                        authority.isBound() ? "yes" : "no",
                        String.join(", ", scope(authority)));
            }
            print(table);
        }
    }

    private static List<String> scope(Authority authority) {
        return switch (authority.kind()) {
            case LOCAL_CONTROLLER -> authority.sites();
            case FACTORY_LINE -> authority.manufacturers();
        };
    }
}
