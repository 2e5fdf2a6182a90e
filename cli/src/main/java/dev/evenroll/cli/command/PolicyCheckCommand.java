package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.output.Column;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Table;
import dev.evenroll.cli.policy.PolicyWords;
import dev.evenroll.policy.Policy;
import dev.evenroll.policy.PolicySet;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

/// `evenroll policy check`.
@Command(
        name = "check",
        description = "Reads a file of policies, and shows them in the order in which they are asked, or everything"
                + " that is wrong.",
        footer = {
            "A file that can not be used ends the command with 1; each problem is a line FILE:LINE:COLUMN: REASON.",
            "The format: docs/POLICIES.md. Where the installation has a file of profiles, name it with --profiles: a policy",
            "can not name others."
        },
        mixinStandardHelpOptions = true)
final class PolicyCheckCommand extends PolicyFileCommand {

    @Override
    int run(PolicySet policies) {
        if (format() == OutputFormat.JSON) {
            print(document(policies));
        } else {
            table(policies);
        }
        return ExitCode.OK;
    }

    private void table(PolicySet policies) {
        out().println("Version " + policies.version());
        if (policies.renewalGrace().isPositive()) {
            out().println("Renewal until " + PolicyWords.duration(policies.renewalGrace())
                    + " after the end of a certificate, with the approval of a person");
        }
        out().println();
        var table = new Table(
                Column.left("POLICY", 32), Column.left("DECISION", 8), Column.wrapped("FOR WHOM, AND WHAT HOLDS"));
        for (var policy : policies.policies()) {
            table.row(
                    policy.name(),
                    PolicyWords.decision(policy),
                    PolicyWords.audience(policy) + "\n" + PolicyWords.terms(policy));
        }
        table.lines().forEach(out()::println);
    }

    private static Map<String, Object> document(PolicySet policies) {
        var document = new LinkedHashMap<String, Object>();
        document.put("version", policies.version());
        document.put("renewalGraceAfterExpiry", policies.renewalGrace().toString());
        document.put(
                "policies",
                policies.policies().stream().map(PolicyCheckCommand::fields).toList());
        return document;
    }

    private static Map<String, Object> fields(Policy policy) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", policy.name());
        fields.put("line", policy.line());
        fields.put("decision", PolicyWords.decision(policy));
        fields.put("audience", PolicyWords.audience(policy));
        fields.put("terms", PolicyWords.terms(policy));
        return fields;
    }
}
