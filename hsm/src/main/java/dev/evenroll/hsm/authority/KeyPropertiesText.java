package dev.evenroll.hsm.authority;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/// The text of a key file ([KeyProperties]), which says where the key of a CA is and never holds a secret.
final class KeyPropertiesText {

    private KeyPropertiesText() {}

    /// What [KeyProperties] reads as this key again.
    ///
    /// @param directory of the CAs; paths below it are written relative to it
    static String of(Path directory, AuthorityKey key) {
        var properties = new LinkedHashMap<String, String>();
        properties.put(KeyProperties.ACTIVE_FROM, key.activeFrom().toString());
        switch (key.place()) {
            case KeyPlace.InFile(Path keystore, Path passwordFile) -> {
                properties.put(KeyProperties.KEYSTORE, relative(directory, keystore));
                properties.put(KeyProperties.PASSWORD_FILE, relative(directory, passwordFile));
            }
            case KeyPlace.InToken(var settings) -> {
                properties.put(KeyProperties.MODULE, relative(directory, settings.module()));
                properties.put(KeyProperties.TOKEN_LABEL, settings.tokenLabel());
                properties.put(KeyProperties.KEY_LABEL, settings.keyLabel());
                properties.put(KeyProperties.PIN_FILE, relative(directory, settings.pinFile()));
                properties.put(KeyProperties.SESSIONS, Integer.toString(settings.sessions()));
                properties.put(KeyProperties.SLOW_AFTER, settings.slowAfter().toString());
                if (!settings.initArguments().isEmpty()) {
                    properties.put(KeyProperties.INIT_ARGUMENTS, settings.initArguments());
                }
            }
        }
        return properties.entrySet().stream().map(KeyPropertiesText::line).collect(Collectors.joining());
    }

    private static String relative(Path directory, Path path) {
        return path.startsWith(directory) ? directory.relativize(path).toString() : path.toString();
    }

    /// One line, escaped as the JDK does it.
    private static String line(Map.Entry<String, String> property) {
        var one = new Properties();
        one.setProperty(property.getKey(), property.getValue());
        var text = new StringWriter();
        try {
            one.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException("writing in memory", e);
        }
        return text.toString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
