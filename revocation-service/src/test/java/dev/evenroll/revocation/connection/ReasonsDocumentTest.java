package dev.evenroll.revocation.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The table of docs/CONNECTIONS.md is that of the code.
class ReasonsDocumentTest {

    private static final Path DOCUMENT = Path.of("../docs/CONNECTIONS.md");

    @Test
    void theDocumentHasEveryReasonInItsOrder() throws IOException {
        var table = Stream.of(RefusalReason.values())
                .map(reason -> "| `" + reason.code() + "` | " + reason.meaning() + " | " + reason.remedy() + " |\n")
                .collect(Collectors.joining());

        assertThat(Files.readString(DOCUMENT)).contains("|---|---|---|\n" + table + "\n- **400**");
    }
}
