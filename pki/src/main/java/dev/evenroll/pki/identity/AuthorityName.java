package dev.evenroll.pki.identity;

import java.util.regex.Pattern;

/// What an issuing CA of an environment is called, in files and by people: kebab case, for example `issuing-1`.
///
/// In certificates and on topics a CA is known by its key id; its name only leads to its files.
public record AuthorityName(String text) implements Comparable<AuthorityName> {
    private static final int LONGEST = 64;
    private static final Pattern KEBAB_CASE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    public AuthorityName {
        if (text.length() > LONGEST || !KEBAB_CASE.matcher(text).matches()) {
            throw new IllegalArgumentException("name of a CA: \"" + text + "\" is not 1 to " + LONGEST
                    + " lower-case letters and digits in words joined by hyphens; name it for example issuing-1");
        }
    }

    @Override
    public int compareTo(AuthorityName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
