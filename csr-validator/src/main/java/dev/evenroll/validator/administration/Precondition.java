package dev.evenroll.validator.administration;

import dev.evenroll.validator.registry.DeviceCommand.Order;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a call depends on: the revision that is there (RFC 9110 section 13).
sealed interface Precondition {

    /// Nothing.
    record None() implements Precondition {}

    /// `If-Match: *`: there is something.
    record Anything() implements Precondition {}

    /// `If-None-Match: *`: there is nothing.
    record Nothing() implements Precondition {}

    /// `If-Match`: it has one of these revisions.
    ///
    /// @param revisions empty when no tag can be equal to one
    record OneOf(List<Long> revisions) implements Precondition {

        public OneOf {
            revisions = List.copyOf(revisions);
        }
    }

    /// `If-None-Match`: it has none of these revisions.
    record NoneOf(List<Long> revisions) implements Precondition {

        public NoneOf {
            revisions = List.copyOf(revisions);
        }
    }

    /// The precondition of a call.
    ///
    /// @throws CallRefusedException when one of the fields can not be taken as it is
    static Precondition read(Optional<String> ifMatch, Optional<String> ifNoneMatch) throws CallRefusedException {
        if (ifMatch.isPresent() && ifNoneMatch.isPresent()) {
            throw CallRefusedException.invalid(
                    HttpHeaders.IF_NONE_MATCH, "stands beside If-Match; send one of them, they say opposite things");
        }
        if (ifMatch.isPresent()) {
            var tags = tags(HttpHeaders.IF_MATCH, ifMatch.get());
            return tags.any() ? new Anything() : new OneOf(tags.strong());
        }
        if (ifNoneMatch.isPresent()) {
            var tags = tags(HttpHeaders.IF_NONE_MATCH, ifNoneMatch.get());
            return tags.any() ? new Nothing() : new NoneOf(tags.weak());
        }
        return new None();
    }

    private static EntityTags tags(String field, String text) throws CallRefusedException {
        return EntityTags.read(text)
                .orElseThrow(() -> CallRefusedException.invalid(
                        field,
                        "is neither * nor a list of entity tags like \"7\" (RFC 9110 section 8.8.3); send the ETag of "
                                + "the answer that you decided on"));
    }

    /// Whether the caller means something that is there.
    default boolean isForExisting() {
        return this instanceof Anything || this instanceof OneOf;
    }

    /// Whether it depends on which revision is there.
    default boolean needsPresent() {
        return this instanceof NoneOf || (this instanceof OneOf(List<Long> revisions) && revisions.size() > 1);
    }

    /// The revision that a change is to be applied to; 0 when there must be nothing; null when any will do.
    ///
    /// @param present revision that is there; 0 when there is nothing
    default @Nullable Long expected(long present) {
        return switch (this) {
            case None _, Anything _ -> null;
            case Nothing _ -> 0L;
            case OneOf(List<Long> revisions) when revisions.isEmpty() -> Order.NO_REVISION;
            case OneOf(List<Long> revisions) -> revisions.contains(present) ? present : revisions.getFirst();
            case NoneOf(List<Long> revisions) -> revisions.contains(present) ? Order.NO_REVISION : present;
        };
    }

    /// What is shown to whoever asks for something that is there.
    ///
    /// @param present its revision
    /// @param full the answer to a call without preconditions
    default Response ofRead(long present, Response full) {
        var known = switch (this) {
            case None _, Anything _ -> Optional.<Response>empty();
            case Nothing _ -> Optional.of(unmodified(present));
            case NoneOf(List<Long> revisions) ->
                revisions.contains(present) ? Optional.of(unmodified(present)) : Optional.<Response>empty();
            case OneOf(List<Long> revisions) ->
                revisions.contains(present) ? Optional.<Response>empty() : Optional.of(another(present));
        };
        return known.orElse(full);
    }

    private static Response unmodified(long present) {
        return Response.notModified(new EntityTag(Long.toString(present))).build();
    }

    private static Response another(long present) {
        return Problem.response(
                        Response.Status.PRECONDITION_FAILED,
                        "What is there has the revision " + present
                                + ", which If-Match does not name; read it without If-Match.")
                .build();
    }
}
