package dev.evenroll.policy;

import dev.evenroll.policy.profile.AdmissibleProfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A file of policies that is read again when it, or a file with serial numbers that it names, has
/// changed.
///
/// What can not be used never comes into force: the policies before it stay. Any thread may call it.
///
/// A change is seen by size, time and identity of the file; a file that is written in several steps may
/// be read half written, so write another one and rename it.
public final class PolicyFile {

    /// What a look at the file has shown.
    public sealed interface Refresh {

        /// Nothing that was not known before.
        record Unchanged() implements Refresh {}

        /// These policies are in force now.
        record Changed(PolicySet policies) implements Refresh {}

        /// The file has changed and can not be used; the policies before it stay in force. Said once
        /// for each change.
        ///
        /// @param problems at least one, each with the file and its place: `policies.yaml:3:5: reason`
        record Unusable(List<String> problems) implements Refresh {}
    }

    private final Path file;
    private final AdmissibleProfiles profiles;
    /// Guarded by this.
    private Map<Path, FileStamp> stamps;
    /// Guarded by this: whether the newest content is the one in force.
    private boolean inForce = true;

    private volatile PolicySet current;

    private PolicyFile(Path file, AdmissibleProfiles profiles, PolicySet current, Map<Path, FileStamp> stamps) {
        this.file = file;
        this.profiles = profiles;
        this.current = current;
        this.stamps = stamps;
    }

    /// Reads the file for the first time.
    ///
    /// @param profiles those of the installation, which do not change
    /// @throws IOException when the file can not be read
    /// @throws UnusablePolicyException when what it holds can not be used
    public static PolicyFile open(Path file, AdmissibleProfiles profiles) throws IOException, UnusablePolicyException {
        var own = FileStamp.of(file);
        var reading = read(file, profiles);
        return new PolicyFile(file, profiles, reading.policies(), with(file, own, reading.allowLists()));
    }

    /// The policies in force.
    public PolicySet current() {
        return current;
    }

    /// Looks whether something has changed, and reads it again when it has. Costs a look at the
    /// attributes of each file when nothing has.
    public synchronized Refresh refresh() {
        if (stamps.entrySet().stream().allMatch(known -> known.getValue().equals(FileStamp.of(known.getKey())))) {
            return new Refresh.Unchanged();
        }
        var own = FileStamp.of(file);
        try {
            var reading = read(file, profiles);
            stamps = with(file, own, reading.allowLists());
            return putInForce(reading.policies());
        } catch (UnusablePolicyException e) {
            stamps = with(file, own, e.allowLists());
            return unusable(e.problems().stream()
                    .map(problem -> problem.in(file.toString()))
                    .toList());
        } catch (IOException e) {
            stamps = Map.of(file, own);
            return unusable(List.of(file + ": can not be read (" + e + "); put it back"));
        }
    }

    private Refresh putInForce(PolicySet policies) {
        boolean same = inForce && policies.version().equals(current.version());
        inForce = true;
        current = policies;
        return same ? new Refresh.Unchanged() : new Refresh.Changed(policies);
    }

    private Refresh unusable(List<String> problems) {
        inForce = false;
        return new Refresh.Unusable(problems);
    }

    private static PolicyReader.Reading read(Path file, AdmissibleProfiles profiles)
            throws IOException, UnusablePolicyException {
        var directory = file.toAbsolutePath().getParent();
        return PolicyReader.reading(
                PolicyText.decode(Files.readAllBytes(file)),
                directory == null ? file.toAbsolutePath() : directory,
                profiles);
    }

    private static Map<Path, FileStamp> with(Path file, FileStamp own, Map<Path, FileStamp> allowLists) {
        var all = new HashMap<>(allowLists);
        all.put(file, own);
        return Map.copyOf(all);
    }
}
