package dev.evenroll.cli.rows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SeenDevicesTest {

    @Test
    void knowsEveryDeviceOfALargeFile() {
        var seen = new SeenDevices();
        for (int i = 1; i <= 300_000; i++) {
            assertThat(seen.enter("CP-" + i, i)).isZero();
        }
        for (int i = 1; i <= 300_000; i += 997) {
            assertThat(seen.enter("CP-" + i, 1_000_000)).isEqualTo(i);
        }
    }
}
