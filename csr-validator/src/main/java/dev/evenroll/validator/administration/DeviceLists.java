package dev.evenroll.validator.administration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.evenroll.validator.registry.DeviceDirectory;
import dev.evenroll.validator.registry.DevicePage;
import dev.evenroll.validator.registry.DeviceQuery;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Lists of devices, of all replicas together: complete, or not at all.
@Singleton
final class DeviceLists {

    /// The partitions that a replica has looked at, in its answer to another one.
    static final String PARTITIONS = "Evenroll-Partitions";

    private final DeviceDirectory directory;
    private final Replicas replicas;
    private final Forwarding forwarding;
    private final ObjectMapper json;

    DeviceLists(DeviceDirectory directory, Replicas replicas, Forwarding forwarding, ObjectMapper json) {
        this.directory = directory;
        this.replicas = replicas;
        this.forwarding = forwarding;
        this.json = json;
    }

    /// What one replica has found.
    private record Part(DeviceView.Page page, Set<Integer> partitions) {}

    /// The page that a caller wants; for another replica the part of it that this one holds.
    ///
    /// @throws RegistryUnavailableException when a part of the registry can not be looked at
    Response page(DeviceQuery query, Call call) throws CallRefusedException, RegistryUnavailableException {
        if (call.isForwarded()) {
            var part = here(query);
            return Response.ok(part.page())
                    .header(
                            PARTITIONS,
                            part.partitions().stream().map(String::valueOf).collect(Collectors.joining(",")))
                    .build();
        }
        var asked = new LinkedHashMap<URI, CompletableFuture<HttpResponse<String>>>();
        for (var replica : replicas.others()) {
            asked.put(replica, forwarding.ask(replica, call, new byte[0]));
        }
        var parts = new ArrayList<Part>();
        parts.add(here(query));
        for (var replica : asked.entrySet()) {
            parts.add(part(replica.getKey(), Forwarding.answerOf(replica.getKey(), replica.getValue())));
        }
        requireAllPartitions(parts);
        return Response.ok(merged(parts, query.limit())).build();
    }

    private Part here(DeviceQuery query) throws RegistryUnavailableException {
        DevicePage page = directory.list(query);
        var devices = page.devices().stream()
                .map(device -> DeviceView.of(device, List.of()))
                .toList();
        return new Part(new DeviceView.Page(devices, page.next()), page.partitions());
    }

    private Part part(URI replica, HttpResponse<String> answer) throws RegistryUnavailableException {
        if (answer.statusCode() != Response.Status.OK.getStatusCode()) {
            throw Forwarding.unanswered(replica, "it answered " + answer.statusCode());
        }
        try {
            var partitions = Arrays.stream(
                            answer.headers().firstValue(PARTITIONS).orElse("").split(","))
                    .filter(number -> !number.isEmpty())
                    .map(Integer::valueOf)
                    .collect(Collectors.toSet());
            return new Part(json.readValue(answer.body(), DeviceView.Page.class), partitions);
        } catch (JsonProcessingException | NumberFormatException e) {
            throw Forwarding.unanswered(replica, "its answer is not a part of a list");
        }
    }

    private void requireAllPartitions(List<Part> parts) throws RegistryUnavailableException {
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

    /// The first devices of all parts, as far as every part was looked at.
    private static DeviceView.Page merged(List<Part> parts, int limit) {
        var reach = reach(parts);
        var within = parts.stream()
                .flatMap(part -> part.page().devices().stream())
                .filter(device -> reach == null || device.deviceId().compareTo(reach) <= 0)
                // While a partition is moved, two replicas may hold it.
                .collect(Collectors.toMap(DeviceView::deviceId, Function.identity(), (one, _) -> one, TreeMap::new))
                .values()
                .stream()
                .toList();
        return within.size() > limit
                ? new DeviceView.Page(
                        within.subList(0, limit), within.get(limit - 1).deviceId())
                : new DeviceView.Page(within, reach);
    }

    /// How far all have looked; null when all have looked at everything.
    private static @Nullable String reach(List<Part> parts) {
        return parts.stream()
                .map(part -> part.page().next())
                .filter(next -> next != null)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}
