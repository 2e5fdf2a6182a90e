package dev.evenroll.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildProcessTest {

    private static final List<Path> CLASS_PATH = Stream.of(
                    System.getProperty("java.class.path").split(":"))
            .map(Path::of)
            .toList();

    @TempDir
    private Path directory;

    /// Waits to be told to end.
    public static final class Waiting {
        public static void main(String[] arguments) throws Exception {
            System.out.println("waiting");
            Thread.sleep(Duration.ofMinutes(1));
        }
    }

    /// Ends with a status of its own.
    public static final class Failing {
        public static void main(String[] arguments) {
            System.err.print("old line\n".repeat(30));
            System.err.println("broken: " + arguments[0] + " by " + System.getenv("EVENROLL_TEST_TELLER"));
            System.exit(5);
        }
    }

    /// Starts a waiting child as an `evenroll up` does, and tells its process id in a file.
    public static final class Parent {
        public static void main(String[] arguments) throws Exception {
            var child = child("child", Waiting.class, List.of(), Path.of(arguments[0]));
            child.start();
            Files.writeString(Path.of(arguments[0], "started"), Long.toString(child.pid()));
            Thread.sleep(Duration.ofMinutes(1));
        }
    }

    private static ChildProcess child(String name, Class<?> main, List<String> arguments, Path directory) {
        return new ChildProcess(
                name,
                new JavaCommand(CLASS_PATH, List.of("-XX:TieredStopAtLevel=1"), main.getName(), arguments),
                directory,
                Map.of("EVENROLL_TEST_TELLER", "its parent"),
                new LogFile(directory.resolve(name + ".log")),
                new ProcessRecord(directory.resolve(name + ".process")),
                () -> true);
    }

    @Test
    void exitTellsStatusAndTheEndOfTheLog() throws Exception {
        var child = child("failing", Failing.class, List.of("as told"), directory);
        child.start();
        var exit = child.exit().get(30, TimeUnit.SECONDS);
        assertThat(exit.status()).isEqualTo(5);
        assertThat(exit.logTail()).hasSize(10).last().isEqualTo("broken: as told by its parent");
        assertThat(child.ready()).isFalse();
    }

    @Test
    void ignoresWhatTheTerminalSendsAndEndsWhenToldTo() throws Exception {
        var child = child("waiting", Waiting.class, List.of(), directory);
        child.start();
        awaitLog("waiting.log");
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(child.pid()))
                        .start()
                        .waitFor())
                .isZero();
        Thread.sleep(500);
        assertThat(child.ready()).isTrue();
        child.terminate();
        child.awaitEnd(Duration.ofSeconds(10));
        assertThat(child.exit().join().status()).isIn(143, 4);
        assertThat(directory.resolve("waiting.process")).doesNotExist();
    }

    @Test
    void endsWhenItsParentIsKilled() throws Exception {
        var parent = child("parent", Parent.class, List.of(directory.toString()), directory);
        parent.start();
        awaitLog("started");
        awaitLog("child.log");
        var orphan = ProcessHandle.of(Long.parseLong(Files.readString(directory.resolve("started"))))
                .orElseThrow();
        parent.kill();
        orphan.onExit().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aLaterStartWaitsForWhatAKilledOneLeft() throws Exception {
        var records = Files.createDirectory(directory.resolve("processes"));
        var left = new ProcessBuilder("sleep", "60").start();
        new ProcessRecord(records.resolve("issuer")).write(left.toHandle());
        Files.writeString(records.resolve("broker"), ProcessHandle.current().pid() + " another start instant\n");
        Files.writeString(records.resolve("audit-sink"), "rubbish");
        assertThat(Leftovers.await(records, Duration.ofMillis(200))).containsExactly("issuer");
        left.onExit().get(10, TimeUnit.SECONDS);
        assertThat(records).isEmptyDirectory();
    }

    private void awaitLog(String name) throws Exception {
        var log = new LogFile(directory.resolve(name));
        while (log.tail(1).isEmpty()) {
            Thread.sleep(20);
        }
    }
}
