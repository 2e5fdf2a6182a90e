package dev.evenroll.hsm.key;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// A file with a secret in it, which nobody but its owner may read or change.
///
/// On file systems without POSIX permissions (Windows) who may read it is left to the administrator.
public final class OwnerOnlyFile {

    private static final Set<PosixFilePermission> OF_THE_OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private OwnerOnlyFile() {}

    /// Reads all of it.
    ///
    /// @param what what it is, for the message, for example `keystore`
    public static byte[] read(Path file, String what) throws UnusableKeystoreException {
        if (!Files.exists(file)) {
            throw unusable(what, file, "does not exist; create it, or correct the path in the configuration.");
        }
        if (!Files.isRegularFile(file)) {
            throw unusable(what, file, "is not a file; correct the path in the configuration.");
        }
        try {
            requireOwnerOnly(file, what);
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UnusableKeystoreException(
                    "The " + what + " " + file + " can not be read; make the user of this process its owner.", e);
        }
    }

    /// Reads a secret of one line; whoever gets it overwrites it.
    ///
    /// @param what what the file is, for the message, for example `PIN file`
    /// @param content what stands in it, for example `PIN of the token`
    public static char[] readSecret(Path file, String what, String content) throws UnusableKeystoreException {
        byte[] bytes = read(file, what);
        try {
            CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            int length = decoded.length();
            while (length > 0 && (decoded.get(length - 1) == '\n' || decoded.get(length - 1) == '\r')) {
                length--;
            }
            if (length == 0) {
                throw unusable(what, file, "is empty; write the " + content + " in it.");
            }
            char[] secret = Arrays.copyOf(decoded.array(), length);
            Arrays.fill(decoded.array(), '\0');
            return secret;
        } catch (CharacterCodingException e) {
            throw new UnusableKeystoreException(
                    "The " + what + " " + file + " is not text in UTF-8; write the " + content + " in it.", e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static void requireOwnerOnly(Path file, String what) throws IOException, UnusableKeystoreException {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        var permissions = view.readAttributes().permissions();
        if (!OF_THE_OWNER.containsAll(permissions)) {
            throw unusable(
                    what,
                    file,
                    "is open to others than its owner (" + PosixFilePermissions.toString(permissions)
                            + "); run: chmod 600 " + file);
        }
    }

    private static UnusableKeystoreException unusable(String what, Path file, String why) {
        return new UnusableKeystoreException("The " + what + " " + file + " " + why, null);
    }
}
