package dev.evenroll.e2e.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.evenroll.e2e.tool.EvenrollCommand;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first thing that a new user does.
class DemoCommandTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void everyDeviceEndsAsItShouldAndAgainOnTheSameData() throws Exception {
        var evenroll = new EvenrollCommand(directory, directory.resolve("data"));
        for (var start = 1; start <= 2; start++) {
            var run = evenroll.run("up", "--demo", "--once", "--devices", "12", "--output", "json")
                    .ok();
            var result = new JsonMapper().readTree(run.output());
            assertThat(result.get("devices").asInt()).isEqualTo(12);
            assertThat(result.get("issued").asInt()).isEqualTo(8);
            assertThat(result.get("refused").asInt()).isEqualTo(4);
            assertThat(result.get("p50Millis").asDouble()).isPositive();
            assertThat(result.get("p99Millis").asDouble()).isPositive();
            assertThat(result.get("perSecond").asDouble()).isPositive();
            assertThat(result.get("readySeconds").asDouble()).isPositive();
            assertThat(result.get("totalSeconds").asDouble())
                    .isGreaterThan(result.get("readySeconds").asDouble());
        }
    }
}
