package dev.evenroll.validator.administration;

import static dev.evenroll.validator.administration.Role.REGISTRAR;

import dev.evenroll.validator.administration.BatchReader.Line;
import dev.evenroll.validator.administration.BatchReader.Rejected;
import dev.evenroll.validator.administration.BatchReader.Row;
import dev.evenroll.validator.administration.Bodies.BatchLine;
import dev.evenroll.validator.registry.Profiles;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/// The devices of the registry: many at once.
@Path("/devices")
@Produces(MediaType.APPLICATION_JSON)
public final class BatchResource {

    static final String NDJSON = "application/x-ndjson";
    private static final String UPDATE = "update";

    private final BatchDesk desk;
    private final Profiles profiles;
    private final ProfileAssignment assignment;
    private final Call call;

    BatchResource(BatchDesk desk, Profiles profiles, ProfileAssignment assignment, Call call) {
        this.desk = desk;
        this.profiles = profiles;
        this.assignment = assignment;
        this.call = call;
    }

    @POST
    @Path("/batch")
    @Consumes(NDJSON)
    @RolesAllowed(REGISTRAR)
    @Operation(
            summary = "Register many devices",
            description = "A device on each line, at most 1,000 and 2 MiB. Each row is applied whole or not at all; "
                    + "the answer tells what became of each, and warns of manufacturers whose devices can not "
                    + "prove themselves yet. Repeat the call with the same Idempotency-Key when there "
                    + "was no answer. A decommissioned device stays so. Role: registrar; and approver for a row "
                    + "whose profile says so, which is refused else.")
    @RequestBody(
            description = "JSON lines: a device with its deviceId on each.",
            required = true,
            content = @Content(mediaType = NDJSON, schema = @Schema(implementation = BatchLine.class)))
    @APIResponse(
            responseCode = "200",
            description = "What became of each row.",
            content = @Content(schema = @Schema(implementation = BatchView.class)))
    public BatchView enter(
            @Parameter(
                            description = "true: a device that is registered differently is described anew; "
                                    + "false, the default: such a row is refused.")
                    @QueryParam(UPDATE)
                    @Nullable
                    String update,
            byte[] body)
            throws CallRefusedException, RegistryUnavailableException {
        return desk.enter(permitted(BatchReader.read(body, profiles)), RequestReader.flag(UPDATE, update), call);
    }

    /// The lines, without those that the caller lacks a role for. A batch is reported once, like any other call.
    private List<Line> permitted(List<Line> lines) {
        var permitted = lines.stream().map(this::permitted).toList();
        if (!permitted.equals(lines)) {
            assignment.report(call);
        }
        return permitted;
    }

    private Line permitted(Line line) {
        return switch (line) {
            case Rejected rejected -> rejected;
            case Row row ->
                assignment
                        .problem(row.registration(), call)
                        .<Line>map(problem -> new Rejected(BatchDesk.refused(row, List.of(problem))))
                        .orElse(row);
        };
    }
}
