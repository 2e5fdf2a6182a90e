package dev.evenroll.policy;

import dev.evenroll.policy.yaml.Excerpt;
import dev.evenroll.policy.yaml.UnusableValueException;
import dev.evenroll.policy.yaml.Values;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The files with serial numbers that a file of policies names, each read once: one serial number a
/// line; empty lines and lines that begin with `#` say nothing.
final class AllowListFiles {

    private static final int MOST_LINES = 1_000_000;
    /// A million lines of 64 characters, a carriage return and a line feed, with room for comments.
    private static final long MOST_BYTES = 80_000_000;
    private static final int MOST_COMPLAINTS = 10;

    private final Path directory;
    private final Map<Path, AllowList> lists = new HashMap<>();
    private final Map<Path, FileStamp> stamps = new LinkedHashMap<>();
    private final List<String> digests = new ArrayList<>();

    /// @param directory that relative names start from
    AllowListFiles(Path directory) {
        this.directory = directory;
    }

    /// @param name as it stands in the file of policies
    AllowList read(String name) throws UnusableValueException {
        var path = path(name);
        var known = lists.get(path);
        if (known != null) {
            return known;
        }
        stamps.putIfAbsent(path, FileStamp.of(path));
        try {
            var list = new AllowList(name, serialNumbers(name, path));
            lists.put(path, list);
            return list;
        } catch (IOException e) {
            throw new UnusableValueException("the file " + path + " can not be read ("
                    + e.getClass().getSimpleName() + "); put it there, or correct its name");
        }
    }

    private Path path(String name) throws UnusableValueException {
        try {
            return directory.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw new UnusableValueException(Excerpt.of(name) + " is no name of a file; write one like devices.txt");
        }
    }

    private Set<String> serialNumbers(String name, Path path) throws IOException, UnusableValueException {
        if (Files.size(path) > MOST_BYTES || Files.isDirectory(path)) {
            throw new UnusableValueException("the file " + path
                    + " is a directory, or larger than 80 MB; name a file of at most 1,000,000 lines");
        }
        var digest = Digests.sha256();
        var serialNumbers = new HashSet<String>();
        var complaints = new ArrayList<String>();
        int number = 0;
        try (var reader = new BufferedReader(new InputStreamReader(
                new DigestInputStream(Files.newInputStream(path), digest), StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                add(number == 1 ? withoutMark(line) : line, name + ", line " + number, serialNumbers, complaints);
            }
        }
        check(name, number, serialNumbers, complaints);
        digests.add(Digests.hex(digest));
        return serialNumbers;
    }

    /// Some editors begin a file with U+FEFF.
    private static String withoutMark(String line) {
        return line.startsWith("\uFEFF") ? line.substring(1) : line;
    }

    private static void add(String line, String place, Set<String> serialNumbers, List<String> complaints) {
        var text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        try {
            serialNumbers.add(Values.serialNumber(text));
        } catch (UnusableValueException e) {
            if (complaints.size() <= MOST_COMPLAINTS) {
                complaints.add(place + ": " + e.reason());
            }
        }
    }

    private static void check(String name, int lines, Set<String> serialNumbers, List<String> complaints)
            throws UnusableValueException {
        if (lines > MOST_LINES) {
            throw new UnusableValueException(name + " has " + lines + " lines; at most " + MOST_LINES
                    + " are read, so split it over two policies");
        }
        if (complaints.size() > MOST_COMPLAINTS) {
            complaints.set(MOST_COMPLAINTS, "and more in the lines after that");
        }
        if (!complaints.isEmpty()) {
            throw new UnusableValueException(String.join("; ", complaints));
        }
        if (serialNumbers.isEmpty()) {
            throw new UnusableValueException(name + " holds no serial number; write at least one");
        }
    }

    /// SHA-256 in hex of each file that was read, in the order in which they were first named.
    List<String> digests() {
        return List.copyOf(digests);
    }

    /// What each named file looked like before it was read.
    Map<Path, FileStamp> stamps() {
        return Map.copyOf(stamps);
    }
}
