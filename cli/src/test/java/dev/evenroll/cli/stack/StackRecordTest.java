package dev.evenroll.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackRecordTest {

    @TempDir
    private Path directory;

    @Test
    void theFirstStartIsATestEnvironmentUnlessAskedOtherwise() throws Exception {
        assertThat(StackRecord.read(file(), asking(null)).environment()).isEqualTo("test");
        assertThat(StackRecord.read(file(), asking("staging")).environment()).isEqualTo("staging");
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        var record = StackRecord.read(file(), asking("staging"))
                .with("http://localhost:21001", Map.of(Port.CRL, 21_001, Port.ISSUER_MANAGEMENT, 21_002));
        record.write(file());
        assertThat(StackRecord.read(file(), asking(null))).isEqualTo(record);
    }

    @Test
    void anEnvironmentIsSealed() throws Exception {
        StackRecord.read(file(), asking("staging"))
                .with("http://localhost:21001", Map.of())
                .write(file());
        assertThatThrownBy(() -> StackRecord.read(file(), asking("production")))
                .hasMessage("The data directory " + directory + " belongs to the environment staging, not production:"
                        + " an environment is sealed; name another directory with --data.");
    }

    @Test
    void aDamagedRecordIsNamed() throws Exception {
        Files.writeString(file(), "environment=test\nport.est=many\n");
        assertThatThrownBy(() -> StackRecord.read(file(), asking(null)))
                .hasMessageStartingWith("The record " + file() + " is damaged (");
    }

    private Path file() {
        return directory.resolve("stack.properties");
    }

    private StackOptions asking(@Nullable String environment) {
        return new StackOptions(directory, environment, Map.of(), List.of(), null, Compilation.QUICK_START, Map.of());
    }
}
