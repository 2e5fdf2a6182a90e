package dev.evenroll.pki.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardOfSerialTest {
    /// Pins the function for ever: certificates in the field name the list that it gave.
    @ParameterizedTest
    @CsvSource({
        "7f0102030405060708090a0b0c0d0e0f, 1, 0",
        "7f0102030405060708090a0b0c0d0e0f, 2, 1",
        "7f0102030405060708090a0b0c0d0e0f, 128, 15",
        "7f0102030405060708090a0b0c0d0e0f, 100, 47",
        "ffffffffffffffffffffffffffffffff, 4096, 4095",
        "01, 7, 1",
    })
    void isTheSerialNumberModuloTheShards(String hex, int shards, int number) {
        assertThat(ShardOfSerial.number(new BigInteger(hex, 16), shards)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 16, 100})
    void randomSerialNumbersSpreadEvenly(int shards) {
        var random = new Random(7);
        int[] counts = new int[shards];
        for (int i = 0; i < 1000 * shards; i++) {
            counts[ShardOfSerial.number(new BigInteger(128, random), shards)]++;
        }
        // 1,000 expected in each; the standard deviation is 32.
        assertThat(counts).satisfies(all -> {
            for (int count : all) {
                assertThat(count).isBetween(840, 1160);
            }
        });
    }

    @Test
    void aCaHasAtLeastOneShard() {
        assertThatThrownBy(() -> ShardOfSerial.number(BigInteger.ONE, 0)).hasMessage("shards: must be 1 to 4096");
        assertThatThrownBy(() -> ShardOfSerial.number(BigInteger.ONE, 4097)).hasMessage("shards: must be 1 to 4096");
    }
}
