package dev.evenroll.cli.administration;

import dev.evenroll.cli.output.Printable;
import java.util.List;
import java.util.regex.Pattern;

/// Advice of an interface, in the words of the command line: the services tell which request to send, and a person
/// here gives commands.
final class Advice {

    /// The end of a path; the full stop behind it is that of the sentence.
    private static final String NAME = "([^\\s,;]*[^\\s,;.])";

    /// A request that a service advises, and the command that sends it.
    private record Command(Pattern request, String words) {
        Command(String request, String words) {
            this(Pattern.compile(request), words);
        }
    }

    private static final List<Command> COMMANDS = List.of(
            new Command("PUT /devices/" + NAME, "`evenroll device register $1`"),
            new Command("PUT /registration-authorities/" + NAME, "`evenroll authority set $1`"),
            new Command("GET /approvals(?![\\w/])", "`evenroll approval list`"),
            new Command("GET /certificates(?![\\w/])", "`evenroll certificate list`"));

    private Advice() {}

    /// The text for a person, printable.
    static String forAPerson(String text) {
        var words = text;
        for (var command : COMMANDS) {
            words = command.request().matcher(words).replaceAll(command.words());
        }
        return Printable.text(words);
    }
}
