package dev.evenroll.policy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// What tells one content of the files from another.
final class Digests {

    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    static String hex(String text) {
        var digest = sha256();
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return hex(digest);
    }

    /// SHA-256 of a file of policies; when it names files with serial numbers, that of the list of all
    /// their digests, one a line: `sha256sum policies.yaml devices.txt | cut -c 1-64 | sha256sum`.
    static String of(String yaml, List<String> allowLists) {
        String own = hex(yaml);
        return allowLists.isEmpty() ? own : hex(own + "\n" + String.join("\n", allowLists) + "\n");
    }
}
