package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class PromptCommitsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final PromptCommits commits = new PromptCommits(nanos::get);
    private final MockProcessorContext<String, Emission> context = new MockProcessorContext<>();
    private final PromptCommits.Processor processor = commits.of(context);
    private final MockProcessorContext<String, Emission> otherContext = new MockProcessorContext<>();
    private final PromptCommits.Processor other = commits.of(otherContext);

    @Test
    void whatADeviceWaitsForIsCommittedAtOnceAfterAPause() {
        processor.worked();
        assertThat(context.committed()).isTrue();
    }

    @Test
    void theNextCommitWaitsForTheEndOfTheInterval() {
        processor.worked();
        context.resetCommit();

        processor.worked();
        assertThat(context.committed()).isFalse();

        intervalEnds(context);
        assertThat(context.committed()).isTrue();
    }

    @Test
    void theMoreThereIsTheLongerACommitWaitsForMoreUpToATenthOfASecond() {
        processor.worked();
        context.resetCommit();

        for (var record = 0; record < 1_000; record++) {
            processor.worked();
        }
        for (var millis = 20; millis < 100; millis += 20) {
            intervalEnds(context);
            assertThat(context.committed()).as("after %d ms", millis).isFalse();
        }
        intervalEnds(context);
        assertThat(context.committed()).isTrue();
    }

    @Test
    void aCommitOfOneProcessorCountsForAllOfTheThread() {
        processor.worked();
        context.resetCommit();

        other.worked();
        assertThat(otherContext.committed()).isFalse();

        intervalEnds(otherContext);
        assertThat(otherContext.committed()).isTrue();
    }

    @Test
    void theTaskThatLooksAsksForTheCommitOfTheOneThatHasSomethingToCommit() {
        processor.worked();
        processor.worked();
        intervalEnds(context);
        context.resetCommit();

        other.worked();
        assertThat(otherContext.scheduledPunctuators()).as("one looks for all").isEmpty();

        intervalEnds(context);
        assertThat(otherContext.committed()).isTrue();
        assertThat(context.committed()).as("it has nothing to commit").isFalse();
    }

    @Test
    void whatAnotherProcessorHasHadCommittedIsNotAskedForAgain() {
        processor.worked();
        processor.worked();
        other.worked();
        context.resetCommit();
        intervalEnds(context);
        assertThat(otherContext.committed()).isTrue();
        otherContext.resetCommit();

        intervalEnds(context);
        assertThat(context.committed() || otherContext.committed()).isFalse();
    }

    @Test
    void whenTheTaskThatLookedHasLeftTheThreadAnotherLooksInstead() {
        processor.worked();
        processor.worked();
        var left = context.scheduledPunctuators().getFirst();

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        other.worked();
        otherContext.resetCommit();
        other.worked();
        assertThat(left.cancelled()).isTrue();
        assertThat(otherContext.committed()).isFalse();

        intervalEnds(otherContext);
        assertThat(otherContext.committed()).isTrue();
    }

    @Test
    void nobodyAsksForACommitOfNothing() {
        processor.worked();
        processor.worked();
        intervalEnds(context);
        context.resetCommit();

        intervalEnds(context);
        assertThat(context.committed()).isFalse();
    }

    private void intervalEnds(MockProcessorContext<?, ?> ended) {
        nanos.addAndGet(Duration.ofMillis(20).toNanos());
        ended.scheduledPunctuators()
                .forEach(scheduled -> scheduled.getPunctuator().punctuate(0));
    }
}
