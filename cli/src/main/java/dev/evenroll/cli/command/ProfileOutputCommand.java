package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.output.Column;
import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Table;
import dev.evenroll.cli.policy.ProfileWords;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.policy.profile.ProfileFile;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// A command that shows certificate profiles. It needs no running stack.
abstract class ProfileOutputCommand implements Callable<Integer> {

    /// Stands for the property of the issuer, which no file of profiles says.
    static final String CRL_URL = ProfileWords.CRL_URL;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table for people (default), json for programs.")
    private OutputFormat format = OutputFormat.TABLE;

    @Spec
    private @Nullable CommandSpec spec;

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
        if (format == OutputFormat.JSON) {
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
        table.lines().forEach(out()::println);
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
        return fields;
    }

    OutputFormat format() {
        return format;
    }

    void print(Map<String, ?> document) {
        out().println(Json.document(document));
    }

    private PrintWriter out() {
        if (spec == null) {
            throw new IllegalStateException("the command is not run by picocli");
        }
        return spec.commandLine().getOut();
    }
}
