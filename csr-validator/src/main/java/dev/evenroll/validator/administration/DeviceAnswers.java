package dev.evenroll.validator.administration;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.validator.registry.CommandResult;
import dev.evenroll.validator.registry.CommandRule;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.FieldProblem;
import dev.evenroll.validator.registry.RegistryChange;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Collectors;

/// Results of commands as answers to calls.
@Singleton
final class DeviceAnswers {

    private final Manufacturers manufacturers;

    DeviceAnswers(Manufacturers manufacturers) {
        this.manufacturers = manufacturers;
    }

    /// The answer to a call that gave a command.
    ///
    /// @param conditional whether the caller named the revision that he means
    Response of(CommandDesk.Answer answer, boolean conditional) throws CallRefusedException {
        return switch (answer) {
            case CommandDesk.Answer.Applied(DeviceLife.Known device, CommandResult result) ->
                shown(
                        result.change() == RegistryChange.REGISTERED ? Response.Status.CREATED : Response.Status.OK,
                        device,
                        manufacturers.warningsFor(List.of(device.entry().registration())));
            case CommandDesk.Answer.Refused(DeviceLife.Known device, CommandResult result) ->
                refused(device, result.refusals(), conditional);
            case CommandDesk.Answer.NotRegistered(DeviceId deviceId) -> throw notRegistered(deviceId);
            case CommandDesk.Answer.OfNewerVersion(DeviceLife.Known device) ->
                Problem.response(
                                Response.Status.CONFLICT,
                                "The device " + device.entry().deviceId()
                                        + " is in a state that this version of csr-validator does not know; "
                                        + "have it upgraded.")
                        .build();
        };
    }

    /// A device that somebody wants to see.
    static Response shown(DeviceLife.Known device) {
        return shown(Response.Status.OK, device, List.of());
    }

    private static Response shown(Response.Status status, DeviceLife.Known device, List<String> warnings) {
        return Response.status(status)
                .tag(tag(device))
                .entity(DeviceView.of(device, warnings))
                .build();
    }

    static CallRefusedException notRegistered(DeviceId deviceId) {
        return new CallRefusedException(
                Response.Status.NOT_FOUND,
                "The device " + deviceId + " is not registered; register it with PUT /devices/" + deviceId + ".");
    }

    /// The problem of a refused command.
    static Response refused(DeviceLife.Known device, List<Failure> refusals, boolean conditional) {
        var problems = refusals.stream().map(DeviceAnswers::problem).toList();
        var rules = refusals.stream().map(Failure::rule).collect(Collectors.toSet());
        var id = device.entry().deviceId();
        if (rules.contains(CommandRule.REGISTERED_DIFFERENTLY)) {
            return Problem.response(
                            Response.Status.CONFLICT,
                            "The device " + id + " is registered differently and stays as it is; register it in the "
                                    + "same words, change it with PATCH, or register it under its own serial number.",
                            problems)
                    .build();
        }
        var status = rules.contains(CommandRule.IDEMPOTENCY_CONFLICT)
                ? Problem.UNPROCESSABLE
                : rules.contains(CommandRule.REVISION_CONFLICT) && conditional
                        ? Response.Status.PRECONDITION_FAILED
                        : Response.Status.CONFLICT;
        var sentences = problems.stream().map(FieldProblem::sentence).collect(Collectors.joining("; "));
        return Problem.response(status, "The command for " + id + " was refused: " + sentences + ".", problems)
                .header(HttpHeaders.ETAG, "\"" + device.entry().revision() + "\"")
                .build();
    }

    /// A reason of the registry, which begins with the name of the field.
    static FieldProblem problem(Failure failure) {
        var colon = failure.message().indexOf(": ");
        return colon < 0
                ? new FieldProblem(failure.rule(), failure.message())
                : new FieldProblem(
                        failure.message().substring(0, colon), failure.message().substring(colon + 2));
    }

    private static EntityTag tag(DeviceLife.Known device) {
        return new EntityTag(Long.toString(device.entry().revision()));
    }
}
