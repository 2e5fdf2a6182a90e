package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.hsm.authority.CeremonyDirectory;
import dev.evenroll.hsm.ceremony.Ceremony;
import dev.evenroll.hsm.ceremony.CeremonyException;
import dev.evenroll.hsm.ceremony.Done;
import dev.evenroll.pki.MalformedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A command that does steps of a ceremony: says what each will do, asks, does it, and says what it has done.
abstract class CaStepCommand extends CaDirectoryCommand {

    @Option(
            names = "--operator",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who does it, and who witnesses it, for the record; the user of this machine when not given.")
    private String operator = "";

    @Mixin
    private Confirmation confirmation = new Confirmation();

    private final List<Done> steps = new ArrayList<>();

    /// Opens the ceremony: goes on with it, unless the command is the one that begins it.
    Ceremony open(CeremonyDirectory directory, TerminalPins pins) throws CeremonyException, IOException {
        return Ceremony.goOn(directory, operator, pins, clock());
    }

    /// Does the steps.
    abstract void steps(Ceremony ceremony)
            throws CeremonyException, FailedCommandException, MalformedException, IOException;

    @Override
    final void run(CeremonyDirectory directory)
            throws CeremonyException, FailedCommandException, MalformedException, IOException {
        try (var pins = new TerminalPins(terminal());
                var ceremony = open(directory, pins)) {
            steps(ceremony);
        } catch (IllegalArgumentException e) {
            throw new CeremonyException(String.valueOf(e.getMessage()), e);
        }
        if (format() == OutputFormat.JSON) {
            print(Map.of("steps", steps.stream().map(CaStepCommand::fields).toList()));
        }
    }

    String operator() {
        return operator;
    }

    /// A step.
    interface Step {
        Done take() throws CeremonyException, IOException;
    }

    /// Says what a step will do, asks, does it and says what it has done. One that is done already is not asked about.
    ///
    /// @param done whether it was done before
    /// @param will what it will do, sentences
    Done step(boolean done, String question, Step step, String... will)
            throws CeremonyException, FailedCommandException, IOException {
        if (!done) {
            ask(question, will);
        }
        var result = step.take();
        report(result);
        return result;
    }

    /// Says what will be done, and asks.
    void ask(String question, String... will) throws FailedCommandException, IOException {
        for (var sentence : will) {
            err().println(Printable.line(sentence));
        }
        err().flush();
        confirmation.ask(this, question, "Nothing more was done.");
    }

    /// Says what a step has done.
    void report(Done done) {
        steps.add(done);
        if (format() == OutputFormat.TABLE) {
            out().println(done.entry().step() + " " + done.entry().authority() + ": "
                    + (done.already() ? "was done already" : "done"));
            Facts.print(CaFacts.of(done), out());
            out().println();
            out().flush();
        }
    }

    private static Map<String, Object> fields(Done done) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("id", done.entry().id());
        fields.putAll(done.entry().members());
        fields.remove("previous");
        fields.remove("id");
        fields.put("file", done.file().toString());
        fields.put("already", done.already());
        return fields;
    }
}
