package dev.evenroll.policy.profile;

import dev.evenroll.pki.profile.Profile;
import dev.evenroll.policy.yaml.FileText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What stands in a file of profiles, checked.
///
/// @param version the label of whoever wrote it
/// @param profiles in the order of the file, at least one, each with another name, of no environment yet
public record ProfileFile(String version, List<Profile> profiles) {

    /// The name of the file with the profiles that are built in, beside this class.
    private static final String BUILT_IN = "profiles.yaml";
    private static final long MOST_BYTES = 4_000_000;

    public ProfileFile {
        profiles = List.copyOf(profiles);
    }

    /// Reads a file.
    ///
    /// @param crlUrl the revocation list of profiles that name none, an http URL that may hold `{issuer}` and
    ///     `{shard}`
    /// @throws IOException when the file can not be read
    /// @throws UnusableProfilesException when what it holds can not be used
    public static ProfileFile open(Path file, String crlUrl) throws IOException, UnusableProfilesException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("larger than 4 MB");
        }
        return decode(Files.readAllBytes(file), crlUrl);
    }

    /// The profiles of a service: those of the file that its configuration names, or those that are built in.
    ///
    /// @param property that names the file, for the message
    /// @throws IllegalArgumentException with the property and everything that is wrong, when they can not be used
    public static ProfileFile configured(String property, Optional<Path> file, String crlUrl) {
        return file.map(path -> configured(property, path, crlUrl)).orElseGet(() -> builtIn(crlUrl));
    }

    private static ProfileFile configured(String property, Path file, String crlUrl) {
        try {
            return open(file, crlUrl);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    property + ": " + file + " can not be read (" + e + "); set it to a readable file of profiles, "
                            + "or leave it out.",
                    e);
        } catch (UnusableProfilesException e) {
            var problems = e.problems().stream()
                    .map(problem -> problem.in(file.toString()))
                    .collect(Collectors.joining("; "));
            throw new IllegalArgumentException(property + ": can not be used: " + problems + ".", e);
        }
    }

    /// The profiles that are built in.
    ///
    /// @throws IllegalArgumentException when they can not be used with this URL
    public static ProfileFile builtIn(String crlUrl) {
        try (InputStream file = ProfileFile.class.getResourceAsStream(BUILT_IN)) {
            if (file == null) {
                throw new IllegalStateException("the module lacks its file of profiles");
            }
            return decode(file.readAllBytes(), crlUrl);
        } catch (UnusableProfilesException e) {
            // Nobody could have written anything wrong but the URL.
            throw new IllegalArgumentException(e.problems().getFirst().reason().replaceFirst("^\\w+: ", ""), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ProfileFile decode(byte[] content, String crlUrl) throws UnusableProfilesException {
        try {
            return ProfileFileReader.read(FileText.decode(content), crlUrl);
        } catch (FileText.NotUtf8Exception e) {
            throw new UnusableProfilesException(List.of(e.problem()));
        }
    }
}
