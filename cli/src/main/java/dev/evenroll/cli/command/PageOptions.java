package dev.evenroll.cli.command;

import dev.evenroll.cli.administration.Page;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of commands that list a part of something long.
final class PageOptions {

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "At most so many, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int limit = 100;

    @Option(names = "--after", paramLabel = "ID", description = "Begin behind this one.")
    private @Nullable String after;

    int limit() {
        return limit;
    }

    Optional<String> after() {
        return Optional.ofNullable(after);
    }

    /// What a person has to do to see more.
    static Optional<String> hint(Page<?> page) {
        return page.next().map(next -> "There are more: --after " + next);
    }

    /// As the services write a page.
    static <T> Map<String, Object> document(String name, Page<T> page, Function<T, Map<String, Object>> fields) {
        var document = new LinkedHashMap<String, Object>();
        document.put(name, page.items().stream().map(fields).toList());
        page.next().ifPresent(next -> document.put("next", next));
        return document;
    }
}
