package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.RevocationList;
import dev.evenroll.cli.output.Column;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Table;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/// `evenroll crl list`.
@Command(
        name = "list",
        description = "Lists the revocation lists of all CAs, with what stands on them and until when they are good.",
        mixinStandardHelpOptions = true)
final class CrlListCommand extends OperatorCommand {

    private static final String ABSENT = "-";

    @Override
    void run(Operator operator) throws FaultException, FinalException, FailedCommandException, InterruptedException {
        try (var inventory = operator.inventory()) {
            var lists = inventory.revocationLists();
            if (format() == OutputFormat.JSON) {
                print(Map.of("crls", lists.stream().map(RevocationList::fields).toList()));
                return;
            }
            print(table(lists));
            lists.stream()
                    .filter(list -> list.unsignedSince().isPresent())
                    .findFirst()
                    .ifPresent(list -> err().println("Lists wait for their signature, the first since "
                            + list.unsignedSince().get()
                            + ": look whether issuer is ready, and what its dead-letter topic says of crl.prepared."));
        }
    }

    private static Table table(List<RevocationList> lists) {
        var table = new Table(
                Column.left("CA", 40),
                Column.right("SHARD", 5),
                Column.right("NUMBER", 8),
                Column.right("REVOKED", 8),
                Column.right("DELTA", 8),
                Column.left("THIS UPDATE", 20),
                Column.left("NEXT UPDATE", 20),
                Column.left("URL", 120));
        for (var list : lists) {
            var signed = list.signed();
            table.row(
                    list.issuerKeyId(),
                    Integer.toString(list.shard()),
                    signed.map(served -> Long.toString(served.number())).orElse(ABSENT),
                    signed.map(served -> Long.toString(served.revoked())).orElse(ABSENT),
                    list.delta().map(delta -> Long.toString(delta.revoked())).orElse(ABSENT),
                    signed.map(served -> text(served.thisUpdate())).orElse(ABSENT),
                    signed.map(served -> text(served.nextUpdate())).orElse(ABSENT),
                    signed.flatMap(served -> served.urls().stream().findFirst()).orElse(ABSENT));
        }
        return table;
    }

    private static String text(Instant instant) {
        return instant.toString();
    }
}
