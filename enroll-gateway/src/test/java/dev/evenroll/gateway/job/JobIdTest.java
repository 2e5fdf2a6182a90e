package dev.evenroll.gateway.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdTest {

    @Test
    void itIsReadBack() {
        var id = new JobId(UUID.randomUUID(), 11, 123_456_789_012L);

        assertThat(JobId.parse(id.value())).hasValue(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "00000000-0000-0001-0000-000000000002",
                "00000000-0000-0001-0000-000000000002.3",
                "00000000-0000-0001-0000-000000000002.-3.4",
                "00000000-0000-0001-0000-000000000002.03.4",
                "00000000-0000-0001-0000-000000000002.3.4.5",
                "00000000-0000-0001-0000-000000000002.999999.4",
                "00000000-0000-0001-0000-000000000002.3.9999999999999999999",
                "00000000-0000-0001-0000-00000000000A.3.4"
            })
    void whatIsNoneIsNone(String text) {
        assertThat(JobId.parse(text)).isEmpty();
    }
}
