package dev.evenroll.cli.administration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.evenroll.cli.retry.FaultException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The fields of a JSON object from a service. Unknown ones are passed over: the service may be newer.
final class Fields {

    private final JsonNode object;

    Fields(JsonNode object) {
        this.object = object;
    }

    String text(String name) throws FaultException {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    Optional<String> optionalText(String name) {
        return Optional.ofNullable(object.get(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    long number(String name) throws FaultException {
        var value = object.get(name);
        if (value == null || !value.isIntegralNumber()) {
            throw missing(name);
        }
        return value.asLong();
    }

    Instant instant(String name) throws FaultException {
        return optionalInstant(name).orElseThrow(() -> missing(name));
    }

    Optional<Instant> optionalInstant(String name) throws FaultException {
        try {
            return optionalText(name).map(Instant::parse);
        } catch (DateTimeException e) {
            throw missing(name);
        }
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    /// The texts of a list, in its order; none when there is no list.
    List<String> texts(String name) {
        var texts = new ArrayList<String>();
        object.path(name).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /// The objects of a list, in its order.
    <T> Page<T> page(String name, Reading<T> reading) throws FaultException {
        List<T> items = new ArrayList<>();
        for (var item : object.path(name)) {
            items.add(reading.read(new Fields(item)));
        }
        return new Page<>(items, optionalText("next"));
    }

    boolean truth(String name) throws FaultException {
        var value = object.get(name);
        if (value == null || !value.isBoolean()) {
            throw missing(name);
        }
        return value.asBoolean();
    }

    /// An object in the object, when it is there.
    <T> Optional<T> optional(String name, Reading<T> reading) throws FaultException {
        var value = object.path(name);
        return value.isObject() ? Optional.of(reading.read(new Fields(value))) : Optional.empty();
    }

    static FaultException missing(String name) {
        return new FaultException(
                "The answer has no usable field \"" + name
                        + "\": is the stack of another version? Start it again with `evenroll up`.",
                Optional.empty());
    }

    @FunctionalInterface
    interface Reading<T> {
        T read(Fields fields) throws FaultException;
    }
}
