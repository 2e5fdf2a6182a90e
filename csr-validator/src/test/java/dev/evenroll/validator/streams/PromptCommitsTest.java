package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class PromptCommitsTest {

    private final PromptCommits commits = new PromptCommits();
    private final MockProcessorContext<String, Emission> context = new MockProcessorContext<>();
    private final PromptCommits.Processor processor = commits.of(context);

    @Test
    void whatADeviceWaitsForIsCommittedAtOnceAfterAPause() {
        processor.worked();
        assertThat(context.committed()).isTrue();
    }

    @Test
    void underLoadTheNextCommitWaitsForTheEndOfTheInterval() {
        processor.worked();
        context.resetCommit();

        processor.worked();
        assertThat(context.committed()).isFalse();

        intervalEnds(context);
        assertThat(context.committed()).isTrue();
    }

    @Test
    void aCommitOfOneProcessorCountsForAllOfTheThread() {
        processor.worked();

        var otherContext = new MockProcessorContext<String, Emission>();
        commits.of(otherContext).worked();
        assertThat(otherContext.committed()).isFalse();

        intervalEnds(otherContext);
        assertThat(otherContext.committed()).isTrue();
    }

    @Test
    void nobodyAsksForACommitOfNothing() {
        intervalEnds(context);
        assertThat(context.committed()).isFalse();
    }

    private static void intervalEnds(MockProcessorContext<?, ?> context) {
        context.scheduledPunctuators()
                .forEach(scheduled -> scheduled.getPunctuator().punctuate(0));
    }
}
