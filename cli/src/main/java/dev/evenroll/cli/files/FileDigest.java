package dev.evenroll.cli.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/// SHA-256 of a file, in hexadecimal digits.
public final class FileDigest {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int DIGEST_BYTES = 32;

    private FileDigest() {}

    public static String of(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256; run on a complete JDK 25.", e);
        }
    }

    /// What stands for the digest of something that can be read only once.
    public static String random() {
        var bytes = new byte[DIGEST_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
