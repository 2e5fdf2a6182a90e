package dev.evenroll.pki.path;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// The public part of a directory of issuing CAs, followed while the process runs: `chains/<name>.pem`, each with the
/// certificate of one CA first and its root last, and `cross/<name>.pem` with certificates from one root to another.
///
/// Whoever owns it calls [#refresh] every few seconds, which reads the files; they are few and small. A
/// directory that can not be used, because a file is broken or just being copied, changes nothing: the former
/// CAs stay in force until it can. Hidden files, and those with another ending, are passed over.
///
/// Any thread may call: [#current] never waits for a file.
public final class AuthorityDirectory {
    private final Path directory;
    private volatile IssuingAuthorities current;
    private volatile Optional<String> problem = Optional.empty();

    /// Guarded by this.
    private String digest;

    /// What a look at the directory brought.
    public sealed interface Look {
        /// Nothing new since the look before.
        record Unchanged() implements Look {}

        /// Other CAs, or other certificates of theirs, are in force now.
        record Changed(IssuingAuthorities authorities) implements Look {}

        /// The directory changed but can not be used; the former CAs stay in force. Told once for each problem;
        /// [AuthorityDirectory#problem] tells it as long as it lasts.
        ///
        /// @param problem in plain words, naming the file
        record Unusable(String problem) implements Look {}
    }

    private AuthorityDirectory(Path directory, AuthorityFiles files, IssuingAuthorities current) {
        this.directory = directory;
        this.digest = files.digest();
        this.current = current;
    }

    /// Reads a directory for the first time.
    ///
    /// @throws IllegalArgumentException when it can not be used, with the file, the reason and what to do
    public static AuthorityDirectory open(Path directory) {
        try {
            AuthorityFiles files = AuthorityFiles.read(directory);
            return new AuthorityDirectory(directory, files, files.parse());
        } catch (MalformedException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(unreadable(directory, e), e);
        }
    }

    /// The CAs in force.
    public IssuingAuthorities current() {
        return current;
    }

    /// The CA of a key id, looked for in the directory once more before it is said not to be there: another
    /// process may have seen a new CA earlier than this one.
    public Optional<IssuingCertificate> ofKeyId(String keyId) {
        return current.ofKeyId(keyId).or(() -> {
            var _ = refresh();
            return current.ofKeyId(keyId);
        });
    }

    /// Why the directory as it is now is not in force; empty when it is.
    public Optional<String> problem() {
        return problem;
    }

    /// Looks at the directory, and puts its CAs in force when they are other ones and all of them can be used.
    public synchronized Look refresh() {
        try {
            AuthorityFiles files = AuthorityFiles.read(directory);
            String found = files.digest();
            if (found.equals(digest)) {
                problem = Optional.empty();
                return new Look.Unchanged();
            }
            IssuingAuthorities authorities = files.parse();
            digest = found;
            current = authorities;
            problem = Optional.empty();
            return new Look.Changed(authorities);
        } catch (MalformedException e) {
            return unusable(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return unusable(unreadable(directory, e));
        }
    }

    private Look unusable(String found) {
        if (problem.filter(found::equals).isPresent()) {
            return new Look.Unchanged();
        }
        problem = Optional.of(found);
        return new Look.Unusable(found);
    }

    private static String unreadable(Path directory, IOException e) {
        return e instanceof NoSuchFileException missing
                ? "directory of CAs " + directory + ": " + missing.getFile()
                        + " is missing; make the CAs of the environment there, or correct the path"
                : "directory of CAs " + directory + ": can not be read (" + e
                        + "); let the user of this process read it";
    }
}
