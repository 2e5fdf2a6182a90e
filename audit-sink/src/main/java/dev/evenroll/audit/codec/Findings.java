package dev.evenroll.audit.codec;

import dev.evenroll.schemas.event.Finding;
import java.util.List;
import java.util.stream.Collectors;

/// What was found wrong, for the message and the attribute `rules` of an audit record.
final class Findings {

    private Findings() {}

    static String rules(List<Finding> findings) {
        return findings.stream().map(Finding::getRule).distinct().sorted().collect(Collectors.joining(","));
    }

    static String sentences(List<Finding> findings) {
        return findings.stream().map(Finding::getMessage).collect(Collectors.joining("; "));
    }
}
