package dev.evenroll.cli.stack;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// Files of `name=value` lines, readable for their owner only.
final class PropertiesFile {

    /// A property that must be there is not.
    static final class MissingPropertyException extends Exception {
        MissingPropertyException(String name) {
            super("the property " + name + " is missing");
        }
    }

    private PropertiesFile() {}

    static Properties read(Path file) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }

    static void write(Path file, Properties properties, String comment) throws IOException {
        var sorted = new StringWriter();
        sorted.append("# ").append(comment).append('\n');
        for (var name : properties.stringPropertyNames().stream().sorted().toList()) {
            sorted.append(name)
                    .append('=')
                    .append(properties.getProperty(name).replace("\\", "\\\\"))
                    .append('\n');
        }
        OwnerOnly.write(file, sorted.toString());
    }

    static String required(Properties properties, String name) throws MissingPropertyException {
        var value = properties.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new MissingPropertyException(name);
        }
        return value;
    }
}
