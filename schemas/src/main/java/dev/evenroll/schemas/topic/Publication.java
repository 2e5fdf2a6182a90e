package dev.evenroll.schemas.topic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The table of topics as files for people and for deployment tools. The environment stands as `${environment}` in
/// them.
public final class Publication {

    private static final String ENVIRONMENT = "${environment}";

    private Publication() {}

    /// `deploy/topics.yaml`.
    public static String topicsYaml() {
        var yaml = new StringBuilder("""
                # Made from the table of topics in the module schemas; a test fails when it differs.
                topics:
                """);
        for (var topic : Topics.all()) {
            yaml.append("  - name: \"").append(topic.name(ENVIRONMENT)).append("\"\n");
            yaml.append("    partitions: ").append(topic.partitions()).append('\n');
            yaml.append("    config:\n");
            configuration(topic)
                    .forEach((key, value) -> yaml.append("      ")
                            .append(key)
                            .append(": \"")
                            .append(value)
                            .append("\"\n"));
        }
        return yaml.toString();
    }

    /// Kafka configuration of a topic.
    public static Map<String, String> configuration(Topic topic) {
        var configuration = new TreeMap<String, String>();
        configuration.put("max.message.bytes", Integer.toString(topic.largestRecordBytes()));
        // A few KB of a compressed record may be hundreds of MB for whoever reads it.
        configuration.put("max.decompressed.message.bytes", Integer.toString(topic.largestRecordBytes()));
        switch (topic.cleanup()) {
            case Cleanup.Compact() -> configuration.put("cleanup.policy", "compact");
            case Cleanup.Delete(var retention) -> {
                configuration.put("cleanup.policy", "delete");
                configuration.put("retention.ms", Long.toString(retention.toMillis()));
            }
        }
        return configuration;
    }

    /// `deploy/acls.yaml`.
    public static String aclsYaml() {
        var yaml = new StringBuilder("""
                # Made from the table of topics in the module schemas; a test fails when it differs.
                # The broker denies what is not listed (allow.everyone.if.no.acl.found=false).
                acls:
                """);
        var rules = AccessRule.all(ENVIRONMENT);
        for (var principal : Principal.values()) {
            yaml.append("  - principal: \"User:CN=")
                    .append(principal.principalName())
                    .append("\"\n    allow:\n");
            rules.stream()
                    .filter(rule -> rule.principal() == principal)
                    .collect(Collectors.groupingBy(
                            rule -> "      - {resource: " + rule.resource() + ", pattern: " + rule.pattern()
                                    + ", name: \"" + rule.name() + "\", operations: ",
                            LinkedHashMap::new,
                            Collectors.mapping(rule -> rule.operation().name(), Collectors.toList())))
                    .forEach((resource, operations) ->
                            yaml.append(resource).append(operations).append("}\n"));
        }
        return yaml.toString();
    }

    /// `docs/TOPICS.md`.
    public static String topicsMarkdown() {
        var page = new StringBuilder("""
                # Topics

                Made from the table of topics in the module `schemas`; a test fails when it differs. A topic's name on the broker is
                `<environment>.<topic>.v1`. Values are Avro, single-object encoding; the schemas of every version are in the
                `schemas` jar. The broker lets only the writers write and only the readers read (`deploy/acls.yaml`).

                | topic | what it carries | record | key | partitions | kept | only writer | readers |
                |---|---|---|---|---|---|---|---|
                """);
        for (var topic : Topics.all()) {
            page.append("| `").append(topic.aggregateEvent()).append("` | ").append(topic.about());
            page.append(" | `")
                    .append(topic.record().getSimpleName())
                    .append("` | ")
                    .append(topic.key());
            page.append(" | ").append(topic.partitions()).append(" | ").append(kept(topic.cleanup()));
            page.append(" | ").append(names(topic.writers())).append(" | ").append(names(topic.readers()));
            page.append(" |\n");
        }
        return page.toString();
    }

    private static String kept(Cleanup cleanup) {
        return switch (cleanup) {
            case Cleanup.Compact() -> "newest of each key";
            case Cleanup.Delete(var retention) ->
                retention.toDays() > 0 ? retention.toDays() + " days" : retention.toHours() + " hour";
        };
    }

    private static String names(List<Principal> principals) {
        return principals.stream().map(Principal::principalName).collect(Collectors.joining(", "));
    }
}
