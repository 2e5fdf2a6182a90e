package dev.evenroll.pki.profile;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.jspecify.annotations.Nullable;

/// The reading of one kind of value after the other; what can not be used is kept as a problem of its field.
final class FieldReader {
    private static final Pattern PLACEHOLDERS = Pattern.compile("\\{(shard|issuer)}");
    private static final int LONGEST_URL = 500;

    private final List<ProfileProblem> problems = new ArrayList<>();

    void problem(String field, String reason) {
        problems.add(new ProfileProblem(field, reason));
    }

    List<ProfileProblem> problems() {
        return List.copyOf(problems);
    }

    Duration duration(String field, String text, Duration least, Duration most) {
        try {
            Duration duration = Duration.parse(text);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                problem(field, text + " is not between " + least + " and " + most);
            }
            if (!duration.equals(duration.truncatedTo(ChronoUnit.SECONDS))) {
                problem(field, text + " is not in whole seconds");
            }
            return duration;
        } catch (DateTimeException e) {
            problem(field, quoted(text) + " is not an ISO 8601 duration, like P365D or PT5M");
            return Duration.ZERO;
        }
    }

    /// One of a few words.
    <T> Optional<T> word(String field, String text, Function<String, Optional<T>> meaning, String advice) {
        Optional<T> meant = meaning.apply(text);
        if (meant.isEmpty()) {
            problem(field, quoted(text) + " " + advice);
        }
        return meant;
    }

    /// Each one of a few words, in their order; a problem when one stands twice.
    <T> List<T> words(String field, List<String> texts, Function<String, Optional<T>> meaning, String advice) {
        List<T> meant = texts.stream()
                .map(text -> word(field, text, meaning, advice))
                .flatMap(Optional::stream)
                .toList();
        if (meant.stream().distinct().count() < meant.size()) {
            problem(
                    field,
                    "names one twice; name each once: "
                            + texts.stream().distinct().collect(Collectors.joining(", ")));
        }
        return meant;
    }

    /// An object identifier in dotted decimals.
    static Optional<String> objectIdentifier(String text) {
        return ASN1ObjectIdentifier.tryFromID(text) == null || text.length() > 128
                ? Optional.empty()
                : Optional.of(text);
    }

    Optional<UrlTemplate> url(String field, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        String filled = PLACEHOLDERS.matcher(text).replaceAll("0");
        try {
            URI uri = new URI(filled);
            // Not https: whoever checks the certificate of that server would need the list it serves (RFC 5280 section
            // 8).
            if (!"http".equals(uri.getScheme())
                    || uri.getHost() == null
                    || uri.getRawUserInfo() != null
                    || uri.getRawFragment() != null) {
                problem(field, quoted(text) + " is not an http URL");
            } else if (!uri.toASCIIString().equals(filled) || text.length() > LONGEST_URL) {
                problem(field, quoted(text) + " has other characters than ASCII, or more than " + LONGEST_URL);
            }
            return Optional.of(new UrlTemplate(text));
        } catch (URISyntaxException e) {
            problem(field, quoted(text) + " is not a URL");
            return Optional.empty();
        }
    }

    static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
