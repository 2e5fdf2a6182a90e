package dev.evenroll.pki.path;

import dev.evenroll.pki.MalformedException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;

/// A directory of trust anchors ([TrustAnchors#load]) that is followed while the process runs.
///
/// Whoever owns it calls [#refresh] every few seconds. As long as names, sizes and times of the files
/// stay what they were, that reads no file. A directory that can not be used, because a file is broken
/// or just being copied, changes nothing: the former anchors stay in force until it can.
///
/// Any thread may call: [#current] never waits for a file.
public final class AnchorDirectory {
    private final Path directory;
    private volatile TrustAnchors current;
    private volatile Optional<String> problem = Optional.empty();

    // Guarded by this.
    private SortedMap<String, AnchorFiles.Stamp> stamps;
    private String digest;

    /// Whether the contents have to be compared once more although no stamp differs: a file that was written
    /// twice within one tick of the file system's clock, before and after it was read, has its stamp unchanged.
    private boolean unsettled = true;

    private AnchorDirectory(
            Path directory, SortedMap<String, AnchorFiles.Stamp> stamps, AnchorFiles files, TrustAnchors current) {
        this.directory = directory;
        this.stamps = stamps;
        this.digest = files.digest();
        this.current = current;
    }

    /// Reads a directory for the first time.
    ///
    /// @throws IOException when the directory or a file can not be read
    /// @throws MalformedException when a file holds no certificate
    /// @throws IllegalArgumentException when one of them is not a CA certificate
    public static AnchorDirectory open(Path directory) throws IOException, MalformedException {
        // Stamps first: what is written in between is seen by the next look.
        var stamps = AnchorFiles.stamps(directory);
        AnchorFiles files = AnchorFiles.read(directory);
        return new AnchorDirectory(directory, stamps, files, files.parse());
    }

    /// The anchors in force.
    public TrustAnchors current() {
        return current;
    }

    /// Why the directory as it is now is not in force; empty when it is.
    public Optional<String> problem() {
        return problem;
    }

    /// Looks at the directory, and puts its anchors in force when they are other ones and all of them can
    /// be used.
    public synchronized Refresh refresh() {
        try {
            var found = AnchorFiles.stamps(directory);
            boolean touched = !found.equals(stamps);
            if (!touched && !unsettled) {
                return new Refresh.Unchanged();
            }
            AnchorFiles files = AnchorFiles.read(directory);
            stamps = found;
            unsettled = touched;
            return take(files);
        } catch (MalformedException | IllegalArgumentException e) {
            return unusable(String.valueOf(e.getMessage()));
        } catch (NoSuchFileException e) {
            return unusable("trust anchor " + e.getFile() + ": is missing; restore it");
        } catch (IOException e) {
            return unusable("trust anchors in " + directory + ": can not be read (" + e + "); restore the directory");
        }
    }

    private Refresh take(AnchorFiles files) throws MalformedException {
        String found = files.digest();
        if (found.equals(digest) && problem.isEmpty()) {
            return new Refresh.Unchanged();
        }
        TrustAnchors anchors = files.parse();
        boolean same = found.equals(digest);
        digest = found;
        problem = Optional.empty();
        if (same) {
            return new Refresh.Unchanged();
        }
        current = anchors;
        return new Refresh.Changed(anchors);
    }

    private Refresh unusable(String found) {
        if (problem.filter(found::equals).isPresent()) {
            return new Refresh.Unchanged();
        }
        problem = Optional.of(found);
        return new Refresh.Unusable(found);
    }
}
