package dev.evenroll.hsm.authority;

import dev.evenroll.hsm.key.OwnerOnlyFile;
import dev.evenroll.hsm.key.UnusableKeystoreException;
import dev.evenroll.pki.identity.AuthorityName;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads `keys/<name>.properties` of a directory of CAs: where the key of each CA is ([KeyProperties]).
///
/// Only their owner may read the files. Hidden files, and those with another ending, are passed over.
public final class AuthorityKeyReader {
    static final String KEYS = "keys";
    static final String SUFFIX = ".properties";

    private final Path directory;
    private final List<String> problems = new ArrayList<>();

    private AuthorityKeyReader(Path directory) {
        this.directory = directory;
    }

    /// Reads all of them.
    ///
    /// @param directory of the CAs; relative paths in the files start there
    /// @return sorted by name; empty when there is no file
    /// @throws UnusableAuthorityKeysException when one can not be used, with everything that is wrong
    public static NavigableMap<AuthorityName, AuthorityKey> read(Path directory) throws UnusableAuthorityKeysException {
        return new AuthorityKeyReader(directory).read();
    }

    private NavigableMap<AuthorityName, AuthorityKey> read() throws UnusableAuthorityKeysException {
        var keys = new TreeMap<AuthorityName, AuthorityKey>();
        for (Path file : files()) {
            read(file, keys);
        }
        requireDifferentTimes(keys);
        if (!problems.isEmpty()) {
            throw new UnusableAuthorityKeysException(problems);
        }
        return keys;
    }

    private NavigableSet<Path> files() throws UnusableAuthorityKeysException {
        var files = new TreeSet<Path>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(
                directory.resolve(KEYS),
                file -> name(file).endsWith(SUFFIX) && !name(file).startsWith("."))) {
            stream.forEach(files::add);
            return files;
        } catch (IOException | DirectoryIteratorException e) {
            throw new UnusableAuthorityKeysException(
                    "The directory " + directory.resolve(KEYS) + " can not be read (" + e + "); make the CAs of the "
                            + "environment there, and let the user of this process read it.",
                    e);
        }
    }

    private void read(Path file, NavigableMap<AuthorityName, AuthorityKey> keys) {
        try {
            var name = new AuthorityName(name(file).substring(0, name(file).length() - SUFFIX.length()));
            byte[] content = OwnerOnlyFile.read(file, "key file of a CA");
            keys.put(name, new KeyProperties(directory, content).key(name));
        } catch (UnusableKeystoreException e) {
            problems.add(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            problems.add(file + ": " + e.getMessage());
        }
    }

    /// Of two CAs with the same time neither is the newer one.
    private void requireDifferentTimes(NavigableMap<AuthorityName, AuthorityKey> keys) {
        var names = new TreeMap<Instant, AuthorityName>();
        keys.forEach((name, key) -> {
            var other = names.putIfAbsent(key.activeFrom(), name);
            if (other != null) {
                problems.add(directory.resolve(KEYS).resolve(name + SUFFIX) + ": active-from: " + key.activeFrom()
                        + " is also that of " + other + "; give each CA a time of its own");
            }
        });
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
