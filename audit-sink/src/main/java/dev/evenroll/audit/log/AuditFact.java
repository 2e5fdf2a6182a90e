package dev.evenroll.audit.log;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What happened, to whom, by whom, and how it ended: the part of an audit record that follows from the
/// event's content.
///
/// Sources are partly in the hands of attackers, and a record that is too large for its topic would stop
/// the audit log: so texts are cut to a length that no honest event has.
///
/// @param event aggregate and past participle, for example `enrollment.refused`
/// @param entity whom it happened to; never empty
/// @param actor who caused it: a person, a requester's certificate subject, or a service
/// @param message a sentence for a person, at most [#LONGEST_MESSAGE] characters
/// @param attributes further facts by name, at most [#MOST_ATTRIBUTES], each at most [#LONGEST_ATTRIBUTE]
///     characters
public record AuditFact(
        String event, String entity, String actor, Outcome outcome, String message, Map<String, String> attributes) {

    static final int LONGEST_MESSAGE = 4_000;
    static final int LONGEST_ATTRIBUTE = 1_000;
    static final int LONGEST_NAME = 200;
    static final int MOST_ATTRIBUTES = 50;

    private static final String NOBODY = "unknown";

    public AuditFact {
        entity = name(entity);
        actor = name(actor);
        message = cut(message, LONGEST_MESSAGE);
        attributes = bounded(attributes);
    }

    private static String name(String text) {
        return text.isBlank() ? NOBODY : cut(text, LONGEST_ATTRIBUTE);
    }

    private static SortedMap<String, String> bounded(Map<String, String> attributes) {
        var bounded = new TreeMap<String, String>();
        attributes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(MOST_ATTRIBUTES)
                .forEach(attribute -> bounded.put(
                        cut(attribute.getKey(), LONGEST_NAME), cut(attribute.getValue(), LONGEST_ATTRIBUTE)));
        return Collections.unmodifiableSortedMap(bounded);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
