package dev.evenroll.cli.process;

import dev.evenroll.cli.child.ChildMain;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The command line of a child JVM, on the JDK that runs us. Secrets never stand in it: anybody may read it.
///
/// @param classPath in order, the entry with [ChildMain] first
/// @param flags of the JVM
/// @param mainClass to run under [ChildMain]
/// @param arguments of the main class
public record JavaCommand(List<Path> classPath, List<String> flags, String mainClass, List<String> arguments) {

    /// A shell that ignores what the terminal sends to the whole group, and then becomes the JVM, which goes on
    /// ignoring it: Ctrl-C must reach us alone, or the broker would go before the services.
    private static final String IGNORE_TERMINAL = "trap '' INT HUP; exec \"$@\"";

    private static final int SECONDS_TO_EXIT_WITHOUT_PARENT = 8;

    public JavaCommand {
        classPath = List.copyOf(classPath);
        flags = List.copyOf(flags);
        arguments = List.copyOf(arguments);
    }

    List<String> words() {
        var words = new ArrayList<>(List.of("/bin/sh", "-c", IGNORE_TERMINAL, "evenroll"));
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(flags);
        words.add("-cp");
        words.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        words.add(ChildMain.class.getName());
        words.add(Integer.toString(SECONDS_TO_EXIT_WITHOUT_PARENT));
        words.add(mainClass);
        words.addAll(arguments);
        return words;
    }
}
