package dev.evenroll.cli.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessLockTest {

    private static final long FAR = 0xfff_ffff_ffff_ffffL;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void eachPlaceIsTakenOnceAtATime() throws Exception {
        var file = directory.resolve("lock");
        try (var first = ProcessLock.take(file).orElseThrow()) {
            assertThat(first).isNotNull();
            assertThat(ProcessLock.take(file)).isEmpty();
            try (var far = ProcessLock.take(file, FAR).orElseThrow()) {
                assertThat(far).isNotNull();
                assertThat(ProcessLock.take(file, FAR)).isEmpty();
            }
        }
        try (var again = ProcessLock.take(file).orElseThrow()) {
            assertThat(again).isNotNull();
        }
    }
}
