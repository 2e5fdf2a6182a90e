package dev.evenroll.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    @TempDir
    private Path directory;

    @Test
    void tailIsTheLastLinesOldestFirst() throws IOException {
        var log = new LogFile(directory.resolve("issuer.log"));
        Files.writeString(log.path(), "one\ntwo\nthree\nfour\n");
        assertThat(log.tail(2)).containsExactly("three", "four");
        assertThat(log.tail(20)).containsExactly("one", "two", "three", "four");
    }

    @Test
    void tailOfALargeLogReadsItsEndOnly() throws IOException {
        var log = new LogFile(directory.resolve("issuer.log"));
        Files.writeString(
                log.path(),
                IntStream.range(0, 100_000).mapToObj(Integer::toString).collect(Collectors.joining("\n")));
        assertThat(log.tail(3)).containsExactly("99997", "99998", "99999");
    }

    @Test
    void tailOfNoLogIsEmpty() {
        assertThat(new LogFile(directory.resolve("none.log")).tail(20)).isEmpty();
    }

    @Test
    void rotationKeepsTheRunBefore() throws IOException {
        var log = new LogFile(directory.resolve("issuer.log"));
        log.rotate();
        Files.writeString(log.path(), "first run\n");
        log.rotate();
        assertThat(log.path()).doesNotExist();
        assertThat(directory.resolve("issuer.log.1")).content().isEqualTo("first run\n");
    }
}
