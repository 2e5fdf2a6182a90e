package dev.evenroll.validator.administration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.validator.administration.BatchReader.Line;
import dev.evenroll.validator.administration.BatchReader.Rejected;
import dev.evenroll.validator.administration.BatchReader.Row;
import dev.evenroll.validator.registry.CommandResult;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceCommand.Order;
import dev.evenroll.validator.registry.DeviceDirectory;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.FieldProblem;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Enters many devices at once: their commands are written together and awaited together, those of another
/// replica's devices by that replica.
///
/// A row is applied whole or not at all; the batch as such is no unit: repeating it is safe.
@Singleton
final class BatchDesk {

    private final CommandDesk desk;
    private final DeviceDirectory directory;
    private final Replicas replicas;
    private final Forwarding forwarding;
    private final Manufacturers manufacturers;
    private final ObjectMapper json;

    BatchDesk(
            CommandDesk desk,
            DeviceDirectory directory,
            Replicas replicas,
            Forwarding forwarding,
            Manufacturers manufacturers,
            ObjectMapper json) {
        this.desk = desk;
        this.directory = directory;
        this.replicas = replicas;
        this.forwarding = forwarding;
        this.manufacturers = manufacturers;
        this.json = json;
    }

    /// @param update whether a device that is registered differently is described anew
    BatchView enter(List<Line> lines, boolean update, Call call)
            throws CallRefusedException, RegistryUnavailableException {
        var results = new ArrayList<BatchView.Row>(lines.size());
        var here = new ArrayList<Row>();
        var elsewhere = new LinkedHashMap<URI, List<Row>>();
        // Asked once, and not for each of a thousand rows.
        var isAlone = call.isForwarded() || replicas.others().isEmpty();
        for (var line : lines) {
            switch (line) {
                case Rejected(BatchView.Row row) -> results.add(row);
                case Row row ->
                    (isAlone ? Optional.<URI>empty() : owner(row))
                            .map(it -> elsewhere.computeIfAbsent(it, _ -> new ArrayList<>()))
                            .orElse(here)
                            .add(row);
            }
        }
        var asked = new LinkedHashMap<URI, CompletableFuture<HttpResponse<String>>>();
        for (var part : elsewhere.entrySet()) {
            asked.put(part.getKey(), forwarding.ask(part.getKey(), call, body(part.getValue())));
        }
        results.addAll(enterHere(here, update, call));
        for (var part : asked.entrySet()) {
            results.addAll(enteredThere(part.getKey(), part.getValue(), elsewhere));
        }
        results.sort(Comparator.comparingInt(BatchView.Row::line));
        return new BatchView(results, warnings(lines, results));
    }

    private List<String> warnings(List<Line> lines, List<BatchView.Row> results) {
        var taken = results.stream()
                .filter(BatchView.Row::wasTaken)
                .map(BatchView.Row::line)
                .collect(Collectors.toSet());
        return manufacturers.warningsFor(lines.stream()
                .filter(line -> taken.contains(line.number()))
                .filter(Row.class::isInstance)
                .map(line -> ((Row) line).registration())
                .toList());
    }

    private Optional<URI> owner(Row row) throws RegistryUnavailableException {
        return replicas.ownerOf(Replicas.Kept.DEVICES, row.deviceId().value());
    }

    private static byte[] body(List<Row> rows) {
        return rows.stream().map(Row::text).collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8);
    }

    private List<BatchView.Row> enterHere(List<Row> rows, boolean update, Call call)
            throws CallRefusedException, RegistryUnavailableException {
        var results = new ArrayList<BatchView.Row>(rows.size());
        var commands = new ArrayList<CommandDesk.Prepared>();
        var ordered = new ArrayList<Row>();
        var devices = directory.findAll(rows.stream().map(Row::deviceId).toList());
        var orders = new ArrayList<Order>(rows.size());
        for (var row : rows) {
            orders.add(Order.of(call.commandId(row.text()), call.actor(), row.deviceId()));
        }
        var remembered = remembered(orders, devices);
        for (var i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var order = orders.get(i);
            var device = Optional.ofNullable(devices.get(row.deviceId()));
            var result = remembered.get(order.commandId());
            var known =
                    result == null ? device.flatMap(it -> withoutCommand(row, it)) : Optional.<BatchView.Row>empty();
            if (known.isPresent()) {
                results.add(known.get());
            } else {
                var command = update && device.isPresent()
                        ? new DeviceCommand.Update(order, row.registration())
                        : new DeviceCommand.Register(order, row.registration());
                ordered.add(row);
                commands.add(new CommandDesk.Prepared(command, device.orElse(null), result));
            }
        }
        var answers = desk.giveAll(commands);
        for (var i = 0; i < ordered.size(); i++) {
            results.add(result(ordered.get(i), answers.get(i)));
        }
        return results;
    }

    /// How those of the commands ended that were given before, by their ids.
    private Map<String, CommandResult> remembered(List<Order> orders, Map<DeviceId, DeviceLife.Known> devices)
            throws RegistryUnavailableException {
        var asked = new HashMap<String, DeviceLife.Known>();
        for (var order : orders) {
            Optional.ofNullable(devices.get(order.deviceId()))
                    .ifPresent(device -> asked.put(order.commandId(), device));
        }
        return directory.resultsOf(asked);
    }

    /// What can be said of a row without a command: a device that is registered in these words stays as it
    /// is, and a decommissioned one does not come back to life because it stands in some list.
    private static Optional<BatchView.Row> withoutCommand(Row row, DeviceLife.Known device) {
        if (device instanceof DeviceLife.Decommissioned) {
            return Optional.of(refused(
                    row,
                    List.of(new FieldProblem(
                            "state",
                            "is decommissioned; register the device by itself if it is to begin a new life"))));
        }
        return device.entry().registration().equals(row.registration())
                ? Optional.of(result(row, BatchView.UNCHANGED))
                : Optional.empty();
    }

    private static BatchView.Row result(Row row, CommandDesk.Answer answer) {
        return switch (answer) {
            case CommandDesk.Answer.Applied(DeviceLife.Known _, CommandResult result) ->
                result(
                        row,
                        switch (result.change()) {
                            case REGISTERED -> BatchView.REGISTERED;
                            case UPDATED -> BatchView.UPDATED;
                            default -> BatchView.UNCHANGED;
                        });
            case CommandDesk.Answer.Refused(DeviceLife.Known _, CommandResult result) ->
                refused(
                        row,
                        result.refusals().stream().map(DeviceAnswers::problem).toList());
            case CommandDesk.Answer.NotRegistered _ ->
                refused(row, List.of(new FieldProblem("deviceId", "is not registered")));
            case CommandDesk.Answer.OfNewerVersion _ ->
                refused(
                        row,
                        List.of(new FieldProblem(
                                "state", "is one that this version of csr-validator does not know; have it upgraded")));
        };
    }

    private static BatchView.Row result(Row row, String result) {
        return new BatchView.Row(row.number(), row.deviceId().value(), result, List.of());
    }

    /// A row that is not taken, and why.
    static BatchView.Row refused(Row row, List<FieldProblem> problems) {
        return new BatchView.Row(row.number(), row.deviceId().value(), BatchView.REFUSED, problems);
    }

    /// The answer of another replica, which knows the lines by their places in the part that it was sent.
    private List<BatchView.Row> enteredThere(
            URI replica, CompletableFuture<HttpResponse<String>> asked, Map<URI, List<Row>> sent)
            throws RegistryUnavailableException {
        var answer = Forwarding.answerOf(replica, asked);
        var rows = sent.getOrDefault(replica, List.of());
        if (answer.statusCode() != Response.Status.OK.getStatusCode()) {
            throw Forwarding.unanswered(replica, "it answered " + answer.statusCode());
        }
        try {
            var results = json.readValue(answer.body(), BatchView.class).rows();
            if (results.size() != rows.size()) {
                throw Forwarding.unanswered(
                        replica, "it answered for " + results.size() + " of " + rows.size() + " rows");
            }
            return IntStream.range(0, rows.size())
                    .mapToObj(i -> results.get(i).onLine(rows.get(i).number()))
                    .toList();
        } catch (JsonProcessingException e) {
            throw Forwarding.unanswered(replica, "its answer is not that to a batch");
        }
    }
}
