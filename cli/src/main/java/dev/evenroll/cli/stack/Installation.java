package dev.evenroll.cli.stack;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where the built project lies: the services' applications and the class paths of child processes.
///
/// @param project the checkout
/// @param code where this class was loaded from: the module's jar, or its directory of classes in its own tests
public record Installation(Path project, Path code) {

    /// Finds the checkout around the code that runs, else around the working directory.
    ///
    /// @throws IllegalStateException when there is none
    public static Installation locate() {
        var code = runningCode();
        return Stream.of(code, Path.of("").toAbsolutePath())
                .flatMap(start -> Stream.<@Nullable Path>iterate(start, at -> at != null, at -> at.getParent()))
                .filter(at -> at != null && Files.isExecutable(at.resolve("mvnw")) && Files.exists(at.resolve("cli")))
                .findFirst()
                .map(project -> new Installation(project, code))
                .orElseThrow(() -> new IllegalStateException(
                        "No Evenroll checkout around " + code + " nor around the working directory: run evenroll there."));
    }

    private static Path runningCode() {
        try {
            return Path.of(Installation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException unreadable) {
            throw new IllegalStateException("The place of the running code is no path.", unreadable);
        }
    }

    /// Class path entry with [dev.evenroll.cli.child.ChildMain] and as little else as there is.
    Path childClassPath() {
        var name = String.valueOf(code.getFileName());
        return name.endsWith(".jar") ? code.resolveSibling(name.replace(".jar", "-child.jar")) : code;
    }

    /// The runnable jar of a service.
    Path service(String name) {
        return project.resolve(name).resolve("target/quarkus-app/quarkus-run.jar");
    }
}
