package dev.evenroll.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A committed file that is made from code. `./mvnw -pl schemas test -Devenroll.regenerate=true` writes it anew.
public record GeneratedFile(Path path) {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    public static GeneratedFile ofProject(String path) {
        return new GeneratedFile(PROJECT.resolve(path));
    }

    public void isUpToDateWith(String expected) throws IOException {
        if (Boolean.getBoolean("evenroll.regenerate")) {
            Files.createDirectories(path.resolveSibling("."));
            Files.writeString(path, expected);
        }
        assertThat(path)
                .as("made from code; to write it anew: ./mvnw -pl schemas test -Devenroll.regenerate=true")
                .exists()
                .content()
                .isEqualTo(expected);
    }
}
