package dev.evenroll.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.policy.profile.AdmissibleProfiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Whatever stands in a file, it is read or refused with problems that can be shown; nothing else is
/// ever thrown.
class PolicyReaderHostileInputTest {

    private static final AdmissibleProfiles PROFILES = AdmissibleProfiles.builtIn();

    private static final Path NOWHERE = Path.of("/nowhere");

    private static final String FULL = """
            %YAML 1.1
            ---
            version: 2026-11-a   # a label
            renewal: { graceAfterExpiry: P14D }
            policies:
              - name: acme-rollout
                match: { manufacturer: acme, model: [X1, X2], serialNumber: "CP-[0-9]{6}", allowList: [CP-1, CP-2],
                  address: [10.0.0.0/8, "2001:db8::/32"], from: 2026-11-01T00:00:00Z, until: 2027-01-01T00:00:00Z }
                decision: approve
                reason: >-
                  first
                  rollout
                quotaPerHour: 500
                attestation: required
                approvalExpires: P7D
                unknownDevices: quarantine
                register: { owner: 'Example Charging', site: unassigned, model: X1, ocppIdentity: "{serialNumber}" }
            """;

    private static final List<String> PIECES = List.of(
            "&a ",
            "*a",
            "<<: ",
            "!!binary ",
            "!<x> ",
            "!%41 ",
            "? ",
            ": ",
            "- ",
            "| ",
            "> ",
            "\"\\U0010FFFF\"",
            "\"\\UFFFFFFFF\"",
            "\"\\ud800\"",
            "\t",
            "\r",
            "\u0085",
            "\u2028",
            "\uFEFF",
            "%YAML 9.9\n",
            "%TAG ! tag:x\n",
            "---\n",
            "...\n",
            "[",
            "]",
            "{",
            "}",
            ",",
            "''",
            "\"",
            "'",
            "#",
            "@",
            "`",
            "null",
            "~",
            "=",
            "0x7fffffffffffffff",
            "1e999999999",
            "9".repeat(50),
            "2026-99-99T99:99:99Z",
            "P99999999999999D",
            "(a*)*",
            "[^",
            "{64}",
            "\\",
            "::ffff:0:0/96",
            "\uD83D\uDD0C",
            "\u0000");

    @Test
    void survivesRandomChanges() {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder(FULL);
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                change(text, random);
            }
            refused += refused(text.toString()) ? 1 : 0;
        }
        assertThat(refused).isBetween(10_000, 19_999);
    }

    private static void change(StringBuilder text, RandomGenerator random) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + random.nextInt(8));
        switch (random.nextInt(4)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            case 2 -> text.insert(at, text.substring(at, end));
            default -> text.setCharAt(at, (char) random.nextInt(0x3000));
        }
    }

    @Test
    void survivesRandomPieces() {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(43);
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int pieces = random.nextInt(12); pieces >= 0; pieces--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            assertThat(refused(text.toString())).as(text.toString()).isTrue();
        }
    }

    @Test
    void survivesRandomBytes() {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(44);
        for (int i = 0; i < 5_000; i++) {
            var content = FULL.getBytes(StandardCharsets.UTF_8);
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                content[random.nextInt(content.length)] = (byte) random.nextInt(256);
            }
            try {
                refused(PolicyText.decode(content));
            } catch (UnusablePolicyException e) {
                assertThat(e.problems()).hasSize(1);
            }
        }
    }

    private static boolean refused(String text) {
        try {
            assertThat(PolicyReader.read(text, NOWHERE, PROFILES).policies()).isNotEmpty();
            return false;
        } catch (UnusablePolicyException e) {
            assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.line()).isPositive();
                assertThat(problem.column()).isPositive();
                assertThat(problem.reason()).isNotBlank().hasSizeLessThan(2_000);
            });
            return true;
        }
    }
}
