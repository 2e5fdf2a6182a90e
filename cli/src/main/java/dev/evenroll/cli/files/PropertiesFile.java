package dev.evenroll.cli.files;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// Files of `name=value` lines, readable for their owner only.
public final class PropertiesFile {

    /// A property that must be there is not.
    public static final class MissingPropertyException extends Exception {
        MissingPropertyException(String name) {
            super("the property " + name + " is missing");
        }
    }

    private PropertiesFile() {}

    public static Properties read(Path file) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }

    public static void write(Path file, Properties properties, String comment) throws IOException {
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

    public static String required(Properties properties, String name) throws MissingPropertyException {
        var value = properties.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new MissingPropertyException(name);
        }
        return value;
    }
}
