package dev.evenroll.e2e.bench;

import dev.evenroll.pki.profile.Profile;
import dev.evenroll.policy.profile.ProfileFile;
import dev.evenroll.policy.profile.UnusableProfilesException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/// The profiles of a stack whose inventory is measured: those that are built in, with 128 revocation lists, and one
/// whose renewal is due at a second that can be chosen.
///
/// @param usual a year, as stations have
/// @param soonDue due [#DUE_AFTER] its start, without jitter
record InventoryProfiles(Profile usual, Profile soonDue) {

    static final int SHARDS = 128;

    /// One percent of five hours, which are a second short: the renewal is due a hundredth of a second before.
    static final Duration DUE_AFTER = Duration.ofMinutes(3);

    private static final String FILE = "profiles.yaml";
    private static final String SOON_DUE = """

              - name: soon-due
                subject: { commonName: serialNumber, organization: owner }
                keys: [secp256r1]
                keyUsages: [digitalSignature]
                validity: PT5H
                renewal: { dueAfterPercent: 1, jitterPercent: 0, overdueAfterPercent: 99 }
            """;

    /// Writes the file where the services of a stack look for it.
    ///
    /// @param stack its data directory
    static void write(Path stack) throws IOException {
        try (var builtIn = Objects.requireNonNull(ProfileFile.class.getResourceAsStream(FILE))) {
            var text = new String(builtIn.readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(
                    Files.createDirectories(stack).resolve(FILE),
                    text.replace("shards: 1", "shards: " + SHARDS).stripTrailing() + "\n" + SOON_DUE);
        }
    }

    /// Reads what the services of the stack read.
    ///
    /// @param lists where the stack serves revocation lists
    static InventoryProfiles read(Path stack, URI lists) throws IOException {
        try {
            var file = ProfileFile.open(stack.resolve(FILE), lists + "/crl/{issuer}-{shard}.crl");
            return new InventoryProfiles(find(file, "charging-station"), find(file, "soon-due"));
        } catch (UnusableProfilesException e) {
            throw new IOException("The profiles of the benchmark can not be used: " + e.problems(), e);
        }
    }

    private static Profile find(ProfileFile file, String name) {
        return file.profiles().stream()
                .filter(profile -> profile.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the profiles of the benchmark lack " + name));
    }
}
