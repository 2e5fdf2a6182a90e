package dev.evenroll.hsm.authority;

import dev.evenroll.hsm.pkcs11.Pkcs11Settings;
import dev.evenroll.pki.identity.AuthorityName;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The content of a key file: Java properties in UTF-8.
///
/// ```
/// active-from            ISO-8601 instant
///
/// pkcs11.module          library of the token, a path
/// pkcs11.token-label
/// pkcs11.key-label
/// pkcs11.pin-file        a path
/// pkcs11.sessions        optional: 1 to 256, 4 when not given
/// pkcs11.slow-after      optional: `2s` when not given, `500ms` and `PT2S` are others
/// pkcs11.init-arguments  optional: what NSS takes
///
/// or, in place of pkcs11.*:
/// keystore               PKCS#12, a path
/// keystore-password-file a path
/// ```
///
/// Paths are absolute, or relative to the directory of CAs.
final class KeyProperties {
    static final String ACTIVE_FROM = "active-from";
    static final String MODULE = "pkcs11.module";
    static final String TOKEN_LABEL = "pkcs11.token-label";
    static final String KEY_LABEL = "pkcs11.key-label";
    static final String PIN_FILE = "pkcs11.pin-file";
    static final String SESSIONS = "pkcs11.sessions";
    static final String SLOW_AFTER = "pkcs11.slow-after";
    static final String INIT_ARGUMENTS = "pkcs11.init-arguments";
    static final String KEYSTORE = "keystore";
    static final String PASSWORD_FILE = "keystore-password-file";

    private static final Set<String> OF_TOKEN =
            Set.of(MODULE, TOKEN_LABEL, KEY_LABEL, PIN_FILE, SESSIONS, SLOW_AFTER, INIT_ARGUMENTS);
    private static final Set<String> OF_FILE = Set.of(KEYSTORE, PASSWORD_FILE);

    private static final int DEFAULT_SESSIONS = 4;
    private static final Duration DEFAULT_SLOW_AFTER = Duration.ofSeconds(2);
    private static final Pattern SHORT_DURATION = Pattern.compile("([0-9]{1,9})(ms|s)");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final Path directory;
    private final Properties properties;
    private final List<String> problems = new ArrayList<>();

    /// @param directory of the CAs
    /// @throws IllegalArgumentException when it is not such a file
    KeyProperties(Path directory, byte[] content) {
        this.directory = directory;
        this.properties = new Properties();
        try {
            properties.load(new StringReader(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString()));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("is not text in UTF-8; write it as properties", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("is no properties file (" + e.getMessage() + "); write it anew", e);
        }
    }

    /// What it says.
    ///
    /// @throws IllegalArgumentException with everything that is wrong with it
    AuthorityKey key(AuthorityName name) {
        refuseUnknown();
        Optional<Instant> activeFrom = activeFrom();
        Optional<KeyPlace> place = place();
        if (!problems.isEmpty() || activeFrom.isEmpty() || place.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return new AuthorityKey(name, activeFrom.get(), place.get());
    }

    private void refuseUnknown() {
        for (String property : new TreeSet<>(properties.stringPropertyNames())) {
            if (!property.equals(ACTIVE_FROM) && !OF_TOKEN.contains(property) && !OF_FILE.contains(property)) {
                problems.add(property + ": is unknown; correct its spelling or remove it");
            }
        }
    }

    private Optional<Instant> activeFrom() {
        Optional<String> text = required(ACTIVE_FROM);
        try {
            return text.map(Instant::parse);
        } catch (DateTimeException e) {
            problems.add(ACTIVE_FROM + ": \"" + text.orElse("")
                    + "\" is not an instant; write for example 2027-01-31T00:00:00Z");
            return Optional.empty();
        }
    }

    private Optional<KeyPlace> place() {
        boolean inToken = properties.stringPropertyNames().stream().anyMatch(OF_TOKEN::contains);
        boolean inFile = properties.stringPropertyNames().stream().anyMatch(OF_FILE::contains);
        if (inToken && inFile) {
            problems.add(MODULE + ", " + KEYSTORE
                    + ": both are given, and a CA has one key; remove the properties of the one that is not used");
            return Optional.empty();
        }
        if (!inToken && !inFile) {
            problems.add(MODULE + ", " + KEYSTORE + ": neither is given; give " + KEYSTORE + " and " + PASSWORD_FILE
                    + " for a key in a file, or " + MODULE + ", " + TOKEN_LABEL + ", " + KEY_LABEL + " and "
                    + PIN_FILE + " for a key in a token");
            return Optional.empty();
        }
        return inToken ? token() : file();
    }

    private Optional<KeyPlace> file() {
        Optional<Path> keystore = path(KEYSTORE);
        Optional<Path> passwordFile = path(PASSWORD_FILE);
        return keystore.flatMap(store -> passwordFile.map(password -> new KeyPlace.InFile(store, password)));
    }

    private Optional<KeyPlace> token() {
        int before = problems.size();
        Optional<Path> module = path(MODULE);
        Optional<String> tokenLabel = required(TOKEN_LABEL);
        Optional<String> keyLabel = required(KEY_LABEL);
        Optional<Path> pinFile = path(PIN_FILE);
        int sessions = sessions();
        Duration slowAfter = slowAfter();
        if (problems.size() > before) {
            return Optional.empty();
        }
        try {
            return Optional.of(new KeyPlace.InToken(new Pkcs11Settings(
                    module.orElseThrow(),
                    tokenLabel.orElseThrow(),
                    keyLabel.orElseThrow(),
                    pinFile.orElseThrow(),
                    sessions,
                    slowAfter,
                    optional(INIT_ARGUMENTS).orElse(""))));
        } catch (IllegalArgumentException e) {
            problems.add("pkcs11." + e.getMessage());
            return Optional.empty();
        }
    }

    private int sessions() {
        String text = optional(SESSIONS).orElse(Integer.toString(DEFAULT_SESSIONS));
        if (!NUMBER.matcher(text).matches()) {
            problems.add(SESSIONS + ": \"" + text + "\" is not a number; give how many signatures the token makes at "
                    + "a time");
            return DEFAULT_SESSIONS;
        }
        return Integer.parseInt(text);
    }

    private Duration slowAfter() {
        String text = optional(SLOW_AFTER).orElse(DEFAULT_SLOW_AFTER.toString());
        var matcher = SHORT_DURATION.matcher(text);
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            return matcher.group(2).equals("s") ? Duration.ofSeconds(amount) : Duration.ofMillis(amount);
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            problems.add(SLOW_AFTER + ": \"" + text + "\" is not a duration; write for example 2s");
            return DEFAULT_SLOW_AFTER;
        }
    }

    private Optional<Path> path(String property) {
        try {
            return required(property).map(directory::resolve);
        } catch (InvalidPathException e) {
            problems.add(property + ": is not a path (" + e.getReason() + "); give one, absolute or relative to "
                    + directory);
            return Optional.empty();
        }
    }

    private Optional<String> required(String property) {
        Optional<String> value = optional(property);
        if (value.isEmpty()) {
            problems.add(property + ": is missing; give it");
        }
        return value;
    }

    private Optional<String> optional(String property) {
        return Optional.ofNullable(properties.getProperty(property))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }
}
