package dev.evenroll.schemas.topic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// One thing that the broker lets a principal do: an allow entry of Kafka's authorizer. What no rule allows is denied.
///
/// @param principal who
/// @param resource kind of thing
/// @param pattern whether the name is the whole name or a prefix
/// @param name name of the resource on the broker
/// @param operation what may be done to it
public record AccessRule(Principal principal, Resource resource, Pattern pattern, String name, Operation operation) {

    public enum Resource {
        TOPIC,
        GROUP,
        TRANSACTIONAL_ID
    }

    public enum Pattern {
        LITERAL,
        PREFIXED
    }

    public enum Operation {
        READ,
        WRITE,
        CREATE,
        DELETE,
        DESCRIBE,
        DESCRIBE_CONFIGS
    }

    private static final Comparator<AccessRule> IN_ORDER = Comparator.comparing(AccessRule::principal)
            .thenComparing(AccessRule::resource)
            .thenComparing(AccessRule::name)
            .thenComparing(AccessRule::operation);

    /// All rules of an environment, from the table of topics.
    public static List<AccessRule> all(String environment) {
        return Stream.concat(
                        Topics.all().stream().flatMap(topic -> ofTopic(topic, environment)),
                        Stream.of(Principal.values()).flatMap(principal -> ofPrincipal(principal, environment)))
                .sorted(IN_ORDER)
                .toList();
    }

    private static Stream<AccessRule> ofTopic(Topic topic, String environment) {
        var name = topic.name(environment);
        return Stream.concat(
                        topic.writers().stream()
                                .flatMap(writer -> onTopic(writer, name, Operation.WRITE, Operation.DESCRIBE)),
                        topic.readers().stream()
                                .flatMap(reader -> onTopic(reader, name, Operation.READ, Operation.DESCRIBE)))
                .distinct();
    }

    private static Stream<AccessRule> onTopic(Principal principal, String name, Operation... operations) {
        return Stream.of(operations)
                .map(operation -> new AccessRule(principal, Resource.TOPIC, Pattern.LITERAL, name, operation));
    }

    private static Stream<AccessRule> ofPrincipal(Principal principal, String environment) {
        var application = principal.applicationId(environment);
        var rules = new ArrayList<AccessRule>();
        rules.add(prefixed(principal, Resource.GROUP, application, Operation.READ));
        rules.add(prefixed(principal, Resource.GROUP, application, Operation.DESCRIBE));
        if (principal.transactional()) {
            rules.add(prefixed(principal, Resource.TRANSACTIONAL_ID, application, Operation.WRITE));
            rules.add(prefixed(principal, Resource.TRANSACTIONAL_ID, application, Operation.DESCRIBE));
        }
        if (principal.streams()) {
            // Changelogs and repartition topics are named <application id>-...; no topic of the table starts like that.
            for (var operation : Operation.values()) {
                rules.add(prefixed(principal, Resource.TOPIC, application + "-", operation));
            }
            rules.add(prefixed(principal, Resource.GROUP, application, Operation.DELETE));
        }
        return rules.stream();
    }

    private static AccessRule prefixed(Principal principal, Resource resource, String name, Operation operation) {
        return new AccessRule(principal, resource, Pattern.PREFIXED, name, operation);
    }
}
