package dev.evenroll.cli.administration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdviceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            The device FW-9.1 is not registered; register it with PUT /devices/FW-9.1. \
            | The device FW-9.1 is not registered; register it with `evenroll device register FW-9.1`.
            lc-1 is not known; enter it with PUT /registration-authorities/lc-1. \
            | lc-1 is not known; enter it with `evenroll authority set lc-1`.
            Nothing waits for a person; it has expired. See GET /approvals. \
            | Nothing waits for a person; it has expired. See `evenroll approval list`.
            There is none with this id. GET /certificates lists them. \
            | There is none with this id. `evenroll certificate list` lists them.
            Send POST /devices/D1/token. \
            | Send POST /devices/D1/token.
            """)
    void requestsAreToldAsCommands(String said, String told) {
        assertThat(Advice.forAPerson(said)).isEqualTo(told);
    }
}
