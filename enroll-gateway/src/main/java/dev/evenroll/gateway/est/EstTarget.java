package dev.evenroll.gateway.est;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the path of a request addresses: `/.well-known/est/<operation>` or `/.well-known/est/<label>/<operation>`
/// (RFC 7030 section 3.2.2). A label is one segment, and the only one is `unwrapped`.
public sealed interface EstTarget {

    /// An operation of this gateway.
    ///
    /// @param operation the operation
    /// @param form how base64 is laid out in the answer
    record Known(EstOperation operation, Base64Form form) implements EstTarget {}

    /// Nothing of this gateway.
    ///
    /// @param reason a sentence that says what is unknown and what is there
    record Unknown(String reason) implements EstTarget {}

    /// Reads the path of a request target, as it was sent, without the query.
    static EstTarget parse(String path) {
        if (!path.startsWith(Grammar.PREFIX)) {
            return new Unknown("This is an EST server; " + Grammar.ADVICE);
        }
        var segments = List.of(path.substring(Grammar.PREFIX.length()).split("/", -1));
        var operation = EstOperation.of(segments.getLast());
        return switch (segments.size()) {
            case 1 -> known(operation, Base64Form.WRAPPED, segments.getLast());
            case 2 -> labelled(segments.getFirst(), operation, segments.getLast());
            default -> new Unknown("A label is one path segment; " + Grammar.ADVICE);
        };
    }

    private static EstTarget labelled(String label, Optional<EstOperation> operation, String segment) {
        return label.equals(Grammar.UNWRAPPED)
                ? known(operation, Base64Form.UNWRAPPED, segment)
                : new Unknown("The label " + Grammar.quote(label) + " is unknown; " + Grammar.ADVICE);
    }

    private static EstTarget known(Optional<EstOperation> operation, Base64Form form, String segment) {
        return operation
                .<EstTarget>map(found -> new Known(found, form))
                .orElseGet(() ->
                        new Unknown("The operation " + Grammar.quote(segment) + " is not offered; " + Grammar.ADVICE));
    }

    /// The words of a path.
    final class Grammar {
        private static final String PREFIX = "/.well-known/est/";
        private static final String UNWRAPPED = "unwrapped";
        private static final String ADVICE =
                "use /.well-known/est/ followed by cacerts, simpleenroll or simplereenroll, with the label unwrapped/"
                        + " before it for base64 on one line.";
        /// What may be said back: unreserved characters of RFC 3986, not many of them.
        private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~-]{1,64}");

        private Grammar() {}

        private static String quote(String segment) {
            return PLAIN.matcher(segment).matches() ? "\"" + segment + "\"" : "in the path";
        }
    }
}
