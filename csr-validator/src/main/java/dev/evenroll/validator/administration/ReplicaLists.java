package dev.evenroll.validator.administration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Lists of what is kept by device, of all replicas together: complete, or not at all.
@Singleton
final class ReplicaLists {

    /// The partitions that a replica has looked at, in its answer to another one.
    static final String PARTITIONS = "Evenroll-Partitions";

    private final Replicas replicas;
    private final Forwarding forwarding;
    private final ObjectMapper json;

    ReplicaLists(Replicas replicas, Forwarding forwarding, ObjectMapper json) {
        this.replicas = replicas;
        this.forwarding = forwarding;
        this.json = json;
    }

    /// What a list is of.
    ///
    /// @param <P> a page
    /// @param <V> an entry
    /// @param <K> the place of an entry in the list
    /// @param page what a page is in JSON
    /// @param read place of the text that [#next] gives; fails when it is none
    record Kind<P, V, K extends Comparable<K>>(
            Class<P> page,
            Function<P, List<V>> entries,
            Function<P, @Nullable String> next,
            Function<V, K> place,
            Function<String, K> read,
            BiFunction<List<V>, @Nullable String, P> make) {}

    /// What one replica has found.
    ///
    /// @param partitions the partitions that it has looked at
    record Part<P>(P page, Set<Integer> partitions) {}

    /// The page that a caller wants; for another replica the part of it that this one holds.
    ///
    /// @param here what this replica has found
    /// @param limit at most so many entries
    /// @throws RegistryUnavailableException when a part of the registry can not be looked at
    <P, V, K extends Comparable<K>> Response page(Kind<P, V, K> kind, Part<P> here, int limit, Call call)
            throws CallRefusedException, RegistryUnavailableException {
        if (call.isForwarded()) {
            return Response.ok(here.page())
                    .header(
                            PARTITIONS,
                            here.partitions().stream().map(String::valueOf).collect(Collectors.joining(",")))
                    .build();
        }
        var asked = new LinkedHashMap<URI, CompletableFuture<HttpResponse<String>>>();
        for (var replica : replicas.others()) {
            asked.put(replica, forwarding.ask(replica, call, new byte[0]));
        }
        var parts = new ArrayList<Part<P>>();
        parts.add(here);
        for (var replica : asked.entrySet()) {
            parts.add(part(kind, replica.getKey(), Forwarding.answerOf(replica.getKey(), replica.getValue())));
        }
        requireAllPartitions(parts);
        return Response.ok(merged(kind, parts.stream().map(Part::page).toList(), limit))
                .build();
    }

    private <P> Part<P> part(Kind<P, ?, ?> kind, URI replica, HttpResponse<String> answer)
            throws RegistryUnavailableException {
        if (answer.statusCode() != Response.Status.OK.getStatusCode()) {
            throw Forwarding.unanswered(replica, "it answered " + answer.statusCode());
        }
        try {
            var partitions = Arrays.stream(
                            answer.headers().firstValue(PARTITIONS).orElse("").split(","))
                    .filter(number -> !number.isEmpty())
                    .map(Integer::valueOf)
                    .collect(Collectors.toSet());
            return new Part<>(json.readValue(answer.body(), kind.page()), partitions);
        } catch (JsonProcessingException | NumberFormatException e) {
            throw Forwarding.unanswered(replica, "its answer is not a part of a list");
        }
    }

    private void requireAllPartitions(List<? extends Part<?>> parts) throws RegistryUnavailableException {
        var missing = IntStream.range(0, replicas.partitions()).boxed().collect(Collectors.toCollection(TreeSet::new));
        parts.forEach(part -> missing.removeAll(part.partitions()));
        if (!missing.isEmpty()) {
            throw new RegistryUnavailableException(
                    "The list would not be complete: nobody who could be asked holds the "
                            + "partitions " + missing
                            + " of the registry. Ask again in a moment; if this goes on, have "
                            + "evenroll.advertised-url set for every replica.");
        }
    }

    /// The first entries of all pages, as far as every replica has looked.
    private static <P, V, K extends Comparable<K>> P merged(Kind<P, V, K> kind, List<P> pages, int limit) {
        var reach = reach(kind, pages);
        // While a partition is moved, two replicas may hold it.
        var byPlace = new TreeMap<K, V>();
        for (var page : pages) {
            for (var entry : kind.entries().apply(page)) {
                byPlace.putIfAbsent(kind.place().apply(entry), entry);
            }
        }
        var within = List.copyOf((reach == null ? byPlace : byPlace.headMap(reach, true)).values());
        if (within.size() <= limit) {
            return kind.make().apply(within, reach == null ? null : reach.toString());
        }
        var last = kind.place().apply(within.get(limit - 1));
        return kind.make().apply(within.subList(0, limit), last.toString());
    }

    /// How far all have looked; null when all have looked at everything.
    private static <P, V, K extends Comparable<K>> @Nullable K reach(Kind<P, V, K> kind, List<P> pages) {
        @Nullable K reach = null;
        for (var page : pages) {
            var next = kind.next().apply(page);
            var place = next == null ? null : kind.read().apply(next);
            if (place != null && (reach == null || place.compareTo(reach) < 0)) {
                reach = place;
            }
        }
        return reach;
    }
}
