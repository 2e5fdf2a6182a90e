package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.output.Column;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Table;
import dev.evenroll.hsm.authority.CeremonyDirectory;
import dev.evenroll.hsm.ceremony.CaOverview;
import dev.evenroll.hsm.ceremony.CeremonyException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `evenroll ca list`.
@Command(name = "list", description = "Lists the CAs of a directory.", mixinStandardHelpOptions = true)
final class CaListCommand extends CaDirectoryCommand {

    @Mixin
    private LocalCaDirectoryOption where = new LocalCaDirectoryOption();

    @Override
    Path directory() throws FailedCommandException {
        return where.directory();
    }

    @Override
    void run(CeremonyDirectory directory) throws CeremonyException, IOException {
        var all = CaOverview.of(directory, clock().instant());
        if (format() == OutputFormat.JSON) {
            print(Map.of("authorities", all.stream().map(CaShowCommand::fields).toList()));
            return;
        }
        var table = new Table(
                Column.left("NAME", 16),
                Column.left("STATE", 27),
                Column.left("ACTIVE FROM", 20),
                Column.left("EXPIRES", 10),
                Column.left("ROOT", 16),
                Column.wrapped("SUBJECT, KEY ID, KEY"));
        for (var ca : all) {
            table.row(
                    ca.name().text(),
                    ca.state().toString(),
                    ca.activeFrom().map(String::valueOf).orElse("-"),
                    ca.certificate()
                            .map(certificate -> certificate
                                    .getNotAfter()
                                    .toInstant()
                                    .toString()
                                    .substring(0, 10))
                            .orElse("-"),
                    ca.chain().isEmpty()
                            ? "-"
                            : CaShowCommand.rootName(ca.chain().getLast()),
                    CaShowCommand.subject(ca) + "\n" + CaShowCommand.keyId(ca) + "\n" + ca.key());
        }
        print(table);
    }
}
