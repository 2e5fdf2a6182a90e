package dev.evenroll.validator.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A file of keys that nobody may have, read again when it has changed.
///
/// ```
/// line = [ SHA-256 of a SubjectPublicKeyInfo (DER), 64 hexadecimal digits ] [ "#" comment ]
/// ```
///
/// A file that can not be used changes nothing: what was blocked stays blocked. Any thread may call.
final class BlockedKeyFile {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final Path file;
    private volatile Set<String> current;

    // Guarded by this.
    private Stamp stamp;
    private @Nullable String problem;

    /// Whether the content has to be read once more although the stamp is the same: a file that was written twice
    /// within one tick of the file system's clock, before and after it was read, has its stamp unchanged.
    private boolean unsettled = true;

    private record Stamp(
            FileTime modified, long sizeBytes, @Nullable Object identity) {}

    private BlockedKeyFile(Path file, Set<String> current, Stamp stamp) {
        this.file = file;
        this.current = current;
        this.stamp = stamp;
    }

    /// Reads the file for the first time.
    ///
    /// @throws IOException when it can not be read
    /// @throws IllegalArgumentException when a line is none, with its number
    static BlockedKeyFile open(Path file) throws IOException {
        var stamp = stamp(file);
        return new BlockedKeyFile(file, read(file), stamp);
    }

    /// The keys that are blocked: SHA-256 in lower-case hexadecimal digits; immutable.
    Set<String> current() {
        return current;
    }

    /// Looks at the file, and puts in force what it holds when that is something else and can be used.
    synchronized Followed.Look refresh() {
        try {
            var found = stamp(file);
            var touched = !found.equals(stamp);
            if (!touched && !unsettled) {
                return new Followed.Look.Unchanged();
            }
            stamp = found;
            unsettled = touched;
            return take(read(file));
        } catch (IllegalArgumentException e) {
            return unusable(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return unusable(file + ": can not be read (" + e + "); put it back");
        }
    }

    private Followed.Look take(Set<String> keys) {
        problem = null;
        if (keys.equals(current)) {
            return new Followed.Look.Unchanged();
        }
        current = keys;
        return new Followed.Look.Changed(keys.size() + " blocked keys");
    }

    private Followed.Look unusable(String found) {
        if (found.equals(problem)) {
            return new Followed.Look.Unchanged();
        }
        problem = found;
        return new Followed.Look.Unusable(found);
    }

    private static Stamp stamp(Path file) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }

    private static Set<String> read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        var keys = new HashSet<String>();
        for (var number = 1; number <= lines.size(); number++) {
            var line = lines.get(number - 1);
            var comment = line.indexOf('#');
            var digest =
                    (comment < 0 ? line : line.substring(0, comment)).strip().toLowerCase(Locale.ROOT);
            if (digest.isEmpty()) {
                continue;
            }
            if (!DIGEST.matcher(digest).matches()) {
                throw new IllegalArgumentException(file + ":" + number
                        + ": is not 64 hexadecimal digits; write the SHA-256 of a SubjectPublicKeyInfo");
            }
            keys.add(digest);
        }
        return Set.copyOf(keys);
    }
}
