package dev.evenroll.revocation.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.connection.KnownDevice.Standing;
import dev.evenroll.revocation.connection.WithdrawnCertificates.Withdrawal;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/// Every replica holds the whole fleet: a million devices and as many revocations must fit beside the rest.
class KnownDevicesTest {

    private static final int FLEET = 200_000;

    @Test
    void aDeviceTakesAtMostThreeHundredBytes() {
        var devices = new KnownDevices();
        var before = used();

        for (int i = 0; i < FLEET; i++) {
            // New strings each time, as a decoder makes them.
            devices.put(
                    String.format("SERIAL-%010d", i),
                    new KnownDevice(
                            String.format("DE*EVR*%08d", i),
                            String.format("Stadtwerke %s", "Musterstadt"),
                            String.format("%s-station", "charging"),
                            Standing.IN_SERVICE));
        }

        var each = (used() - before) / FLEET;
        assertThat(devices.size()).isEqualTo(FLEET);
        assertThat(each).as("bytes for each device").isBetween(50L, 300L);
    }

    @Test
    void aRevocationTakesAtMostOneHundredAndFiftyBytes() {
        var withdrawn = new WithdrawnCertificates();
        var issuer = "ab".repeat(20);
        var before = used();

        for (int i = 0; i < FLEET; i++) {
            withdrawn.put(new CertificateId(issuer, String.format("7f%030x", i)), Withdrawal.REVOKED);
        }

        var each = (used() - before) / FLEET;
        assertThat(withdrawn.size()).isEqualTo(FLEET);
        assertThat(each).as("bytes for each revocation").isBetween(30L, 150L);
    }

    private static long used() {
        var memory = ManagementFactory.getMemoryMXBean();
        // Twice: what the first one finds unreachable, the second one has given back.
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
