package dev.evenroll.validator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EndedCommandsTest {

    private final EndedCommands ended = new EndedCommands();

    @Test
    void theLastOfThoseThatAreAwaitedIsWorthACommit() {
        var _ = ended.expect("c1");
        var _ = ended.expect("c2");
        var _ = ended.expect("c3");
        assertThat(ended.applied("of somebody else")).isFalse();
        assertThat(ended.applied("c1")).isFalse();
        ended.forget("c3");
        assertThat(ended.applied("c2")).isTrue();
        assertThat(ended.applied("c2")).as("again").isFalse();
    }
}
