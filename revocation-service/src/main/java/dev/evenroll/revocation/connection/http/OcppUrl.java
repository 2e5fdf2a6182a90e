package dev.evenroll.revocation.connection.http;

import dev.evenroll.pki.MalformedException;
import java.util.Optional;
import java.util.regex.Pattern;

/// The URL that a station connects to: its last path segment, percent-decoded, is the OCPP identity (OCPP 2.0.1 part 4
/// section 3.1.1).
///
/// What the CSMS behind might read differently names nobody: a path with dot segments, with a fragment, or with an
/// encoded slash.
final class OcppUrl {

    /// What the registry takes for an OCPP identity.
    private static final Pattern IDENTITY = Pattern.compile("[A-Za-z0-9*\\-_=:+|@.]{1,48}");

    private OcppUrl() {}

    /// The identity of a request target as it came over the wire: a path, perhaps with a query.
    static Optional<String> identity(String target) {
        int query = target.indexOf('?');
        var path = query < 0 ? target : target.substring(0, query);
        try {
            String last = "";
            for (var segment : path.split("/", -1)) {
                last = PercentEncoding.decode(segment, "path");
                if (last.equals(".") || last.equals("..") || last.contains("/") || last.contains("#")) {
                    return Optional.empty();
                }
            }
            return named(last);
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /// A text as an identity; empty when it can not be one.
    static Optional<String> named(String text) {
        return IDENTITY.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }
}
