package dev.evenroll.gateway.est;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the path of a request addresses: `/.well-known/est/<operation>` or
/// `/.well-known/est/<label>/<operation>` (RFC 7030 section 3.2.2). A label is one segment, and the
/// only one is `unwrapped`.
///
/// `/<label>/.well-known/est/<operation>` means the same: strongSwan before 6.0 knows no labels and
/// puts the path of its URL before the well-known part.
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
        var at = path.indexOf(Grammar.WELL_KNOWN);
        if (at < 0 || !path.startsWith("/")) {
            return new Unknown("This is an EST server; " + Grammar.ADVICE);
        }
        var labels = new ArrayList<String>();
        if (at > 0) {
            labels.addAll(List.of(path.substring(1, at).split("/", -1)));
        }
        labels.addAll(List.of(path.substring(at + Grammar.WELL_KNOWN.length()).split("/", -1)));
        var segment = labels.removeLast();
        var operation = EstOperation.of(segment);
        return switch (labels.size()) {
            case 0 -> known(operation, Base64Form.WRAPPED, segment);
            case 1 -> labelled(labels.getFirst(), operation, segment);
            default -> new Unknown("A label is one path segment, given once; " + Grammar.ADVICE);
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
        private static final String WELL_KNOWN = "/.well-known/est/";
        private static final String UNWRAPPED = "unwrapped";
        private static final String ADVICE =
                "use /.well-known/est/ followed by cacerts, simpleenroll or simplereenroll; for base64 on one line"
                        + " begin with /.well-known/est/unwrapped/ or /unwrapped/.well-known/est/ instead.";
        /// What may be said back: unreserved characters of RFC 3986, not many of them.
        private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~-]{1,64}");

        private Grammar() {}

        private static String quote(String segment) {
            return PLAIN.matcher(segment).matches() ? "\"" + segment + "\"" : "in the path";
        }
    }
}
