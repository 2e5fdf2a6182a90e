package dev.evenroll.cli.est;

import java.util.Map;
import java.util.Optional;

/// One HTTP response.
///
/// @param headers by lower-case name; of a repeated header the last value
/// @param body as ISO 8859-1: one character a byte
public record HttpAnswer(int status, Map<String, String> headers, String body) {

    public HttpAnswer {
        headers = Map.copyOf(headers);
    }

    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }
}
