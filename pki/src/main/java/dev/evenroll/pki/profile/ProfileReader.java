package dev.evenroll.pki.profile;

import dev.evenroll.pki.KeyPurpose;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The reading of a [ProfileConfig]: every field converted, every problem kept.
final class ProfileReader {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern OBJECT_IDENTIFIER = Pattern.compile("[0-2](\\.(0|[1-9][0-9]*))+");
    private static final Duration SHORTEST_VALIDITY = Duration.ofHours(1);
    private static final Duration LONGEST_VALIDITY = Duration.ofDays(397);
    private static final Duration LONGEST_BACKDATE = Duration.ofHours(24);

    private static final Map<String, String> EXTENDED_KEY_USAGES = Map.of(
            "clientAuth", KeyPurpose.CLIENT_AUTH,
            "serverAuth", KeyPurpose.SERVER_AUTH,
            "cmcRA", KeyPurpose.CMC_RA);

    private final List<String> problems = new ArrayList<>();
    private final String name;
    private final Duration validity;
    private final Duration backdate;
    private final Set<KeyUsage> keyUsages;
    private final List<String> extendedKeyUsages;
    private final Optional<URI> crlDistributionPoint;
    private final Optional<URI> caIssuers;
    private final boolean mlDsa;

    ProfileReader(ProfileConfig config) {
        name = config.name();
        if (!NAME.matcher(name).matches()) {
            problems.add("name: \"" + name + "\" is not in kebab case, like charging-station");
        }
        validity = duration("validity", config.validity(), SHORTEST_VALIDITY, LONGEST_VALIDITY);
        backdate = duration("backdate", config.backdate(), Duration.ZERO, LONGEST_BACKDATE);
        if (problems.isEmpty() && backdate.compareTo(validity) >= 0) {
            problems.add("backdate: " + backdate + " is not shorter than the validity " + validity);
        }
        keyUsages = keyUsages(config.keyUsages());
        extendedKeyUsages =
                config.extendedKeyUsages().stream().map(this::extendedKeyUsage).toList();
        crlDistributionPoint = url("crlDistributionPoint", config.crlDistributionPoint());
        caIssuers = url("caIssuers", config.caIssuers());
        mlDsa = config.mlDsa();
    }

    void requireNoProblems() {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "profile \"" + name + "\" can not be used: " + String.join("; ", problems));
        }
    }

    private Duration duration(String field, String text, Duration least, Duration most) {
        try {
            Duration duration = Duration.parse(text);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                problems.add(field + ": " + text + " is not between " + least + " and " + most);
            }
            if (!duration.equals(duration.truncatedTo(ChronoUnit.SECONDS))) {
                problems.add(field + ": " + text + " is not in whole seconds");
            }
            return duration;
        } catch (DateTimeException e) {
            problems.add(field + ": \"" + text + "\" is not an ISO 8601 duration, like P365D or PT5M");
            return Duration.ZERO;
        }
    }

    private Set<KeyUsage> keyUsages(List<String> names) {
        Set<KeyUsage> usages = EnumSet.noneOf(KeyUsage.class);
        for (String text : names) {
            KeyUsage.named(text)
                    .ifPresentOrElse(
                            usages::add,
                            () -> problems.add(
                                    "keyUsages: \"" + text + "\" is unknown, or not for the key of a device"));
        }
        if (names.isEmpty()) {
            problems.add("keyUsages: is empty; name at least digitalSignature");
        }
        return Set.copyOf(usages);
    }

    private String extendedKeyUsage(String text) {
        String oid = EXTENDED_KEY_USAGES.getOrDefault(text, text);
        if (!OBJECT_IDENTIFIER.matcher(oid).matches()) {
            problems.add("extendedKeyUsages: \"" + text
                    + "\" is neither clientAuth, serverAuth, cmcRA nor an object identifier");
        }
        return oid;
    }

    private Optional<URI> url(String field, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text);
            // Not https: whoever checks the certificate of that server would need the list it serves (RFC 5280 section
            // 8).
            if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
                problems.add(field + ": \"" + text + "\" is not an http URL");
            }
            return Optional.of(uri);
        } catch (URISyntaxException e) {
            problems.add(field + ": \"" + text + "\" is not a URL");
            return Optional.empty();
        }
    }

    String name() {
        return name;
    }

    Duration validity() {
        return validity;
    }

    Duration backdate() {
        return backdate;
    }

    Set<KeyUsage> keyUsages() {
        return keyUsages;
    }

    List<String> extendedKeyUsages() {
        return extendedKeyUsages;
    }

    Optional<URI> crlDistributionPoint() {
        return crlDistributionPoint;
    }

    Optional<URI> caIssuers() {
        return caIssuers;
    }

    boolean mlDsa() {
        return mlDsa;
    }
}
