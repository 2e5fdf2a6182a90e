package dev.evenroll.issuer.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.kafka.loop.Pace;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import org.junit.jupiter.api.Test;

/// What others write can be as large as its topic allows, each record of a batch, however small the batch is.
class LoopsTest {

    /// Of the 128 MiB that the issuer of a local stack has, with what is made of the records.
    private static final long MOST_UNPACKED_BYTES = 16L * 1024 * 1024;

    @Test
    void whatOthersWriteIsUnpackedInPartsThatASmallHeapHolds() {
        assertThat(unpacked(Loops.DECISIONS, Topics.ENROLLMENT_AUTHORIZED)).isLessThanOrEqualTo(MOST_UNPACKED_BYTES);
        assertThat(unpacked(Loops.LISTS, Topics.CRL_PREPARED)).isLessThanOrEqualTo(MOST_UNPACKED_BYTES);
    }

    private static long unpacked(Pace pace, Topic topic) {
        return (long) pace.recordsAtOnce() * topic.largestRecordBytes();
    }
}
