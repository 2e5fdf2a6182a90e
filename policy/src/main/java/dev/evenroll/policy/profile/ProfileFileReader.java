package dev.evenroll.policy.profile;

import static dev.evenroll.policy.profile.ProfileFormat.FILE_KEYS;
import static dev.evenroll.policy.profile.ProfileFormat.NAME;
import static dev.evenroll.policy.profile.ProfileFormat.PROFILES;
import static dev.evenroll.policy.profile.ProfileFormat.PROFILE_KEYS;
import static dev.evenroll.policy.profile.ProfileFormat.SHARDS;
import static dev.evenroll.policy.profile.ProfileFormat.VERSION;

import dev.evenroll.pki.identity.ShardOfSerial;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.policy.yaml.Problems;
import dev.evenroll.policy.yaml.Section;
import dev.evenroll.policy.yaml.Values;
import dev.evenroll.policy.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// Reads a file of profiles (docs/PROFILES.md).
///
/// What is wrong is reported all at once, each with its line and column. Nothing is passed over: a key that nobody
/// knows is a problem like any other.
final class ProfileFileReader {

    private static final int MOST_PROFILES = 100;

    private final Problems problems = new Problems();
    private final String crlUrl;

    private ProfileFileReader(String crlUrl) {
        this.crlUrl = crlUrl;
    }

    /// @throws UnusableProfilesException with every problem, when there is one
    static ProfileFile read(String yaml, String crlUrl) throws UnusableProfilesException {
        var reader = new ProfileFileReader(crlUrl);
        var file = YamlDocument.root(yaml, "write version and profiles", reader.problems)
                .flatMap(root -> Section.of(root, "file", FILE_KEYS, reader.problems))
                .map(reader::file);
        if (file.isEmpty() || !reader.problems.none()) {
            throw new UnusableProfilesException(reader.problems.inOrder());
        }
        return file.get();
    }

    private ProfileFile file(Section file) {
        file.require(VERSION, "write a label that you change with the file, like 2026-11-a");
        file.require(PROFILES, "write at least one profile");
        String label = file.value(VERSION, Values::label).orElse("");
        int shards =
                file.value(SHARDS, Values.number(1, ShardOfSerial.MOST_SHARDS)).orElse(1);
        var sections = file.sections(PROFILES, "profile", PROFILE_KEYS);
        if (sections.size() > MOST_PROFILES) {
            file.problem(PROFILES, "are " + sections.size() + "; at most " + MOST_PROFILES + " are read");
        }
        return new ProfileFile(label, profiles(sections, shards));
    }

    private List<Profile> profiles(List<Section> sections, int shards) {
        var lines = new HashMap<String, Integer>();
        var profiles = new ArrayList<Profile>();
        for (var section : sections) {
            ProfileSectionReader.read(section, shards, crlUrl).ifPresent(profiles::add);
            section.value(NAME, text -> text).ifPresent(name -> {
                Integer other = lines.putIfAbsent(name, section.line());
                if (other != null) {
                    section.problem(NAME, "is the name of the profile in line " + other + " too; choose another");
                }
            });
        }
        return profiles;
    }
}
