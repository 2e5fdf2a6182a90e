package dev.evenroll.validator.administration;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jspecify.annotations.Nullable;

/// What the administration interface as a whole says of itself in OpenAPI. What is the same for every call
/// (how it fails, which headers it takes) is added to each here, so that it is said once.
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ApiDescription implements OASFilter {

    private static final String BEARER = "bearer";

    private static final Set<HttpMethod> WRITING =
            Set.of(HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.POST, HttpMethod.DELETE);

    /// A description of a device.
    ///
    /// @param enrollmentModels FACTORY when nothing is said
    @Schema(name = "DeviceFields")
    record DeviceFields(
            @Schema(description = "As the file of the trust anchor is named, 1 to 64 characters.")
            String manufacturer,

            @Schema(description = "As the manufacturer writes it, 1 to 64 characters.")
            String model,

            @Schema(
                    description =
                            "Name of the station in the OCPP connection URL: identifierString, 1 to 48 characters.")
            String ocppIdentity,

            @Schema(description = "Charging station operator: the O of the certificate, 1 to 64 characters.")
            String owner,

            @Schema(description = "Where the device stands, 1 to 255 characters.")
            String site,

            @Schema(
                    description = "Ways in which it may get its first certificate: FACTORY (when nothing is said), "
                            + "FIELD, JUST_IN_TIME, CENTRAL_GATEWAY; empty when it may only renew the one it has.")
            List<String> enrollmentModels,

            @Schema(description = "SHA-256 in lower-case hex of the only IDevID certificate (DER) that speaks for it.")
            @Nullable
            String idevidSha256,

            @Schema(
                    description =
                            "SHA-256 in lower-case hex of the only SubjectPublicKeyInfo (DER) that its first certificate may be for.")
            @Nullable
            String keySha256) {}

    /// A line of a batch.
    @Schema(
            name = "DeviceRow",
            allOf = {DeviceFields.class})
    record DeviceRow(
            @Schema(description = "Serial number of the device.")
            String deviceId) {}

    /// Why something is done.
    @Schema(name = "Reason")
    record Reason(
            @Schema(description = "For people, 1 to 500 characters.")
            String reason) {}

    /// What a person says of an enrollment.
    @Schema(name = "Judgement")
    record Judgement(
            @Schema(description = "Whether it is approved.") boolean approved,

            @Schema(description = "For people, 1 to 500 characters.")
            String reason) {}

    /// What a registration authority is.
    @Schema(name = "AuthorityFields")
    record AuthorityFields(
            @Schema(description = "LOCAL_CONTROLLER or FACTORY_LINE.")
            String kind,

            @Schema(description = "Sites whose devices a local controller speaks for, 1 to 1000.")
            List<String> sites,

            @Schema(description = "Manufacturers whose devices a factory line speaks for, 1 to 100.")
            List<String> manufacturers,

            @Schema(description = "Whether it may speak at all; true when nothing is said.")
            boolean active,

            @Schema(
                    description = "SHA-256 of the certificates that are its own, lower-case hex, at most 10; none: any"
                            + " with its CN.")
            List<String> certificateSha256,

            @Schema(
                    description =
                            "SHA-256 of the certificates of the CAs that issue its own, lower-case hex, at most 10;"
                                    + " recommended.")
            List<String> issuerSha256) {}

    /// To whom, and where.
    @Schema(name = "Ownership")
    record Ownership(
            @Schema(description = "Charging station operator from now on.")
            String owner,

            @Schema(description = "Where the device stands from now on.")
            String site) {}

    /// For how long.
    @Schema(name = "Validity")
    record Validity(
            @Schema(description = "ISO 8601 duration, PT1M to P30D; PT24H when nothing is said.")
            String validFor) {}

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.setInfo(OASFactory.createInfo()
                .title("Evenroll: registry of devices")
                .version("1")
                .description("Who may have which certificate. Errors are problems (RFC 9457) that name the field and "
                        + "tell what to do.")
                .license(OASFactory.createLicense().name("Apache-2.0")));
        api.getComponents()
                .addSecurityScheme(
                        BEARER,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT")
                                .description("A token of the OpenID provider, with the caller's roles: registrar, "
                                        + "installer, approver, revoker, auditor."));
        api.getPaths()
                .getPathItems()
                .forEach((path, item) ->
                        item.getOperations().forEach((method, operation) -> complete(path, method, operation)));
    }

    private static void complete(String path, HttpMethod method, Operation operation) {
        operation.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(BEARER)));
        var problems = new TreeMap<>(Map.of(
                "400", "Something in the request can not be taken as it is; errors names it.",
                "401", "There is no valid bearer token.",
                "403", "The token does not have a role that the call needs.",
                "406", "The answer is JSON, which is not accepted.",
                "500", "Something unexpected happened.",
                "503", "A part of the registry can not be reached now; Retry-After says when to ask again."));
        if (path.contains("{")) {
            problems.put("404", "There is no such thing.");
        }
        if (WRITING.contains(method)) {
            problems.put("409", "What is there stands against it: its state, or what it says already.");
            problems.put("413", "The body is too large.");
            problems.put("415", "The body is of another media type.");
            problems.put("422", "The Idempotency-Key was used for something else.");
            addHeader(
                    operation,
                    Call.IDEMPOTENCY_KEY,
                    "Names the command, 1 to 255 visible ASCII characters, so that repeating the call is safe: it is "
                            + "answered like the first time. The key is remembered for 24 hours at least, unless a "
                            + "hundred later commands for the same device came under keys of their own.");
            if (path.contains("{")) {
                addPreconditions(
                        operation,
                        problems,
                        "ETag of what the caller decided on: with another revision nothing is changed.",
                        "*: only when there is nothing yet.");
            }
        }
        if (operation.getResponses().hasAPIResponse("304")) {
            addPreconditions(
                    operation,
                    problems,
                    "ETag: only when it is that.",
                    "ETag that the caller has: then the answer is 304, without a body.");
        }
        problems.forEach((status, description) -> {
            // The framework adds some of them by itself, without saying what they hold.
            var present = operation.getResponses().getAPIResponse(status);
            if (present == null || present.getContent() == null) {
                operation.getResponses().addAPIResponse(status, problem(description));
            }
        });
    }

    /// RFC 9110 section 13.1.1 and 13.1.2.
    private static void addPreconditions(
            Operation operation, Map<String, String> problems, String ifMatch, String ifNoneMatch) {
        addHeader(operation, "If-Match", ifMatch + " A list of entity tags, or * for whatever is there.");
        addHeader(operation, "If-None-Match", ifNoneMatch);
        problems.put("412", "It has another revision than If-Match says, or is there in spite of If-None-Match.");
    }

    private static void addHeader(Operation operation, String name, String description) {
        operation.addParameter(OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.HEADER)
                .description(description)
                .required(false)
                .schema(OASFactory.createSchema()
                        .addType(org.eclipse.microprofile.openapi.models.media.Schema.SchemaType.STRING)));
    }

    private static APIResponse problem(String description) {
        return OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"))));
    }
}
