package dev.evenroll.cli.administration;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A path with query parameters (RFC 3986 section 3.4).
final class Query {

    private final StringBuilder text;
    private char separator = '?';

    Query(String path) {
        this.text = new StringBuilder(path);
    }

    Query with(String name, Optional<String> value) {
        value.ifPresent(some -> {
            text.append(separator).append(name).append('=').append(escape(some));
            separator = '&';
        });
        return this;
    }

    /// A text as one path segment or parameter.
    static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
