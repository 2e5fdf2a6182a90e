package dev.evenroll.cli.stack;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

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
        for (var start : List.of(code, Path.of("").toAbsolutePath())) {
            for (Path at = start; at != null; at = at.getParent()) {
                if (Files.isExecutable(at.resolve("mvnw")) && Files.isDirectory(at.resolve("cli"))) {
                    return new Installation(at, code);
                }
            }
        }
        throw new IllegalStateException(
                "No Evenroll checkout around " + code + " nor around the working directory: run evenroll there.");
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

    /// Class path of a child process that runs code of this module: the broker.
    List<Path> ownClassPath() {
        if (isJar() && Files.isDirectory(code.resolveSibling("lib"))) {
            return List.of(childClassPath(), code);
        }
        var whole = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator));
        return Stream.concat(Stream.of(childClassPath()), whole.map(Path::of)).toList();
    }

    private boolean isJar() {
        return String.valueOf(code.getFileName()).endsWith(".jar");
    }

    /// Class path entry with [dev.evenroll.cli.child.ChildMain] and as little else as there is.
    Path childClassPath() {
        return isJar() ? code.resolveSibling(String.valueOf(code.getFileName()).replace(".jar", "-child.jar")) : code;
    }

    /// The main class that the manifest of a service's jar names: it depends on how Quarkus packaged it.
    ///
    /// @throws IOException when the jar is missing, damaged, or names none
    String mainClass(String service) throws IOException {
        try (var jar = new JarFile(service(service).toFile())) {
            var manifest = jar.getManifest();
            var name = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
            if (name == null) {
                throw new IOException(service(service) + " names no main class: build it anew with ./mvnw package.");
            }
            return name;
        }
    }

    /// The runnable jar of a service.
    Path service(String name) {
        return project.resolve(name).resolve("target/quarkus-app/quarkus-run.jar");
    }
}
