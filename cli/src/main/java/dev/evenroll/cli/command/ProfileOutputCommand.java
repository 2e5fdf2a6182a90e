package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.output.Column;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Table;
import dev.evenroll.cli.policy.ProfileWords;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.policy.profile.ProfileFile;
import java.util.LinkedHashMap;
import java.util.Map;

/// A command that shows certificate profiles. It needs no running stack.
abstract class ProfileOutputCommand extends ResultCommand {

    /// Stands for the property of the issuer, which no file of profiles says.
    static final String CRL_URL = ProfileWords.CRL_URL;

    /// The profiles to show.
    abstract ProfileFile read() throws FailedCommandException;

    @Override
    public final Integer call() throws FailedCommandException {
        try {
            show(read());
            return ExitCode.OK;
        } finally {
            out().flush();
        }
    }

    private void show(ProfileFile file) {
        if (format() == OutputFormat.JSON) {
            var document = new LinkedHashMap<String, Object>();
            document.put("version", file.version());
            document.put(
                    "profiles",
                    file.profiles().stream().map(ProfileOutputCommand::fields).toList());
            print(document);
            return;
        }
        out().println("Version " + file.version());
        out().println();
        var table = new Table(Column.left("PROFILE", 32), Column.wrapped("WHAT ITS CERTIFICATES SAY"));
        file.profiles().forEach(profile -> table.row(profile.name(), String.join("\n", ProfileWords.lines(profile))));
        print(table);
    }

    private static Map<String, Object> fields(Profile profile) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", profile.name());
        fields.put("experimental", profile.experimental());
        fields.put("subject", ProfileWords.subject(profile));
        fields.put("keys", ProfileWords.keys(profile));
        fields.put("keyUsages", ProfileWords.keyUsages(profile));
        fields.put("extendedKeyUsages", ProfileWords.purposes(profile));
        fields.put("validity", profile.validity().toString());
        fields.put("backdate", profile.backdate().toString());
        fields.put("jitter", profile.jitter().toString());
        fields.put("shards", profile.shards());
        fields.put("assignedBy", ProfileWords.assigners(profile));
        return fields;
    }
}
