package dev.evenroll.policy.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// A mapping of the file while it is being read: what can not be used becomes a problem at its place,
/// and reading goes on.
public final class Section {

    /// Whatever YAML takes a word for (`1`, `yes`, `2026-11-01`): here it is the text that was written.
    private static final Set<Tag> SCALARS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.TIMESTAMP);

    /// Reads a value's text.
    public interface Parser<T> {
        T parse(String text) throws UnusableValueException;
    }

    private final Node place;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Problems problems;

    private Section(Node place, Problems problems) {
        this.place = place;
        this.problems = problems;
    }

    /// A mapping as it is being read; empty, with a problem, when it is none.
    ///
    /// @param name how a problem names it
    /// @param keys those that it may have
    public static Optional<Section> of(Node node, String name, List<String> keys, Problems problems) {
        if (!(node instanceof MappingNode mapping)) {
            problems.at(node, name + ": is no mapping; write keys and values: " + String.join(", ", keys));
            return Optional.empty();
        }
        var section = new Section(node, problems);
        for (var tuple : mapping.getValue()) {
            section.add(name, keys, tuple.getKeyNode(), tuple.getValueNode());
        }
        return Optional.of(section);
    }

    private void add(String name, List<String> keys, Node key, Node value) {
        String word = key instanceof ScalarNode scalar ? scalar.getValue() : "";
        if (!keys.contains(word)) {
            problems.at(
                    key,
                    name + ": key " + Excerpt.of(word) + " is unknown; the keys here are " + String.join(", ", keys));
        } else if (values.putIfAbsent(word, value) != null) {
            problems.at(key, word + ": stands twice; remove one of them");
        }
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    /// Whether the value is a list.
    public boolean isList(String key) {
        return values.get(key) instanceof SequenceNode;
    }

    public int line() {
        return place.getStartMark().getLine() + 1;
    }

    /// A problem with the value of a key, or with the whole when there is none.
    public void problem(String key, String reason) {
        problems.at(values.getOrDefault(key, place), key + ": " + reason);
    }

    /// A problem when the key is missing.
    public void require(String key, String advice) {
        if (!has(key)) {
            problem(key, "is missing; " + advice);
        }
    }

    /// A problem when the key is there.
    public void refuse(String key, String reason) {
        if (has(key)) {
            problem(key, reason);
        }
    }

    /// The value of a key; empty when it is missing or unusable.
    public <T> Optional<T> value(String key, Parser<T> parser) {
        return Optional.ofNullable(values.get(key)).flatMap(node -> parsed(key, node, parser));
    }

    /// One value or a list of them; empty when it is missing or one of them is unusable.
    public <T> Optional<List<T>> values(String key, Parser<T> parser) {
        var node = values.get(key);
        if (node == null) {
            return Optional.empty();
        }
        if (!(node instanceof SequenceNode sequence)) {
            return parsed(key, node, parser).map(List::of);
        }
        if (sequence.getValue().isEmpty()) {
            problem(key, "is an empty list; name at least one, or remove the key");
        }
        var parsed = new ArrayList<T>();
        sequence.getValue().forEach(item -> parsed(key, item, parser).ifPresent(parsed::add));
        boolean complete =
                !parsed.isEmpty() && parsed.size() == sequence.getValue().size();
        return complete ? Optional.of(parsed) : Optional.empty();
    }

    private <T> Optional<T> parsed(String key, Node node, Parser<T> parser) {
        if (!(node instanceof ScalarNode scalar)) {
            problems.at(node, key + ": is no single value; write one");
            return Optional.empty();
        }
        if (scalar.getTag().equals(Tag.NULL)) {
            problems.at(node, key + ": is empty; write a value, or remove the key");
            return Optional.empty();
        }
        if (!SCALARS.contains(scalar.getTag())) {
            problems.at(
                    node,
                    key + ": has the tag " + Excerpt.of(scalar.getTag().getValue())
                            + ", which means nothing here; remove it");
            return Optional.empty();
        }
        try {
            return Optional.of(parser.parse(scalar.getValue()));
        } catch (UnusableValueException e) {
            problems.at(node, key + ": " + e.reason());
            return Optional.empty();
        }
    }

    /// The mapping under a key; empty when it is missing or none.
    public Optional<Section> section(String key, List<String> keys) {
        return Optional.ofNullable(values.get(key)).flatMap(node -> of(node, key, keys, problems));
    }

    /// The list of mappings under a key.
    ///
    /// @param name how a problem names one of them
    public List<Section> sections(String key, String name, List<String> keys) {
        var node = values.get(key);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
            problem(key, "is no list; write at least one, each beginning with \"- name:\"");
            return List.of();
        }
        return sequence.getValue().stream()
                .flatMap(item -> of(item, name, keys, problems).stream())
                .toList();
    }
}
