package dev.evenroll.validator.administration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What If-Match or If-None-Match names: `* / #entity-tag` (RFC 9110 section 13.1.1, 13.1.2).
///
/// ```
/// entity-tag = [ "W/" ] DQUOTE *etagc DQUOTE       RFC 9110 section 8.8.3
/// ```
///
/// What this interface shows under an entity tag is named by its revision: `"7"`.
///
/// @param any `*`: whatever there is
/// @param tags those that are named; empty for `*`
record EntityTags(boolean any, List<Tag> tags) {

    private static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"");
    private static final Pattern REVISION = Pattern.compile("[1-9][0-9]{0,17}");

    EntityTags {
        tags = List.copyOf(tags);
    }

    /// @param opaque what stands between the quotation marks
    record Tag(boolean weak, String opaque) {

        private Stream<Long> revision() {
            return REVISION.matcher(opaque).matches() ? Stream.of(Long.valueOf(opaque)) : Stream.empty();
        }
    }

    /// The field value as it was sent; empty when it is none.
    static Optional<EntityTags> read(String text) {
        if (text.strip().equals("*")) {
            return Optional.of(new EntityTags(true, List.of()));
        }
        var tags = new ArrayList<Tag>();
        var tag = TAG.matcher(text);
        var next = afterSeparators(text, 0);
        while (next < text.length()) {
            if (!tag.region(next, text.length()).lookingAt()) {
                return Optional.empty();
            }
            tags.add(new Tag(tag.group(1) != null, tag.group(2)));
            next = afterSeparators(text, tag.end());
            if (next < text.length() && text.substring(tag.end(), next).indexOf(',') < 0) {
                return Optional.empty();
            }
        }
        return tags.isEmpty() ? Optional.empty() : Optional.of(new EntityTags(false, tags));
    }

    /// A list may have empty elements (RFC 9110 section 5.6.1.2).
    private static int afterSeparators(String text, int from) {
        var position = from;
        while (position < text.length() && " \t,".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        return position;
    }

    /// The revisions that If-Match may mean: a weak tag is never equal by strong comparison, and neither is one
    /// that is no revision.
    List<Long> strong() {
        return tags.stream().filter(tag -> !tag.weak()).flatMap(Tag::revision).toList();
    }

    /// The revisions that If-None-Match means, by weak comparison.
    List<Long> weak() {
        return tags.stream().flatMap(Tag::revision).toList();
    }
}
