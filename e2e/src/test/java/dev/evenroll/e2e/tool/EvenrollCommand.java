package dev.evenroll.e2e.tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The command `evenroll` of this checkout, as a user runs it.
///
/// @param directory where it runs
/// @param data the data directory that it is given
public record EvenrollCommand(Path directory, Path data) {

    private static final Path SCRIPT = Path.of("../evenroll").toAbsolutePath().normalize();

    /// Runs it with a data directory.
    public Tool.Run run(String... arguments) {
        var command = new ArrayList<String>();
        command.add(SCRIPT.toString());
        command.addAll(List.of(arguments));
        return new Tool(directory)
                .run(Map.of("EVENROLL_DATA", data.toString(), "EVENROLL_SKIP_BUILD", "true"), command);
    }
}
