package dev.evenroll.validator.administration;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/// What the administration interface as a whole says of itself in OpenAPI. What is the same for every call
/// (how it fails, which headers it takes) is added to each here, so that it is said once.
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ApiDescription implements OASFilter {

    private static final String BEARER = "bearer";

    private static final Set<HttpMethod> WRITING =
            Set.of(HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.POST, HttpMethod.DELETE);
    /// What has revisions.
    private static final Pattern REVISED = Pattern.compile("^/(devices|registration-authorities)/\\{");
    private static final Pattern WITH_ENTITY_TAG = Pattern.compile(".*/(Device|RegistrationAuthority)");

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.setInfo(OASFactory.createInfo()
                .title("Evenroll: registry of devices")
                .version("1")
                .description("Who may have which certificate. Errors are problems (RFC 9457) that name the field and "
                        + "tell what to do. Words of a closed list (states, models, kinds) are written like just-in-time; "
                        + "JUST_IN_TIME is understood too.")
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
        ApiSchemas.complete(api.getComponents().getSchemas());
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
            if (REVISED.matcher(path).find()) {
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
        operation.getResponses().getAPIResponses().forEach(ApiDescription::addEntityTag);
        Stream.ofNullable(operation.getParameters()).flatMap(List::stream).forEach(ApiSchemas::complete);
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
                .schema(OASFactory.createSchema().addType(SchemaType.STRING)));
    }

    /// The revision of what an answer shows, or of what the caller has already.
    private static void addEntityTag(String status, APIResponse response) {
        var shown = Optional.ofNullable(response.getContent())
                .map(content -> content.getMediaType("application/json"))
                .map(type -> String.valueOf(type.getSchema().getRef()))
                .orElse("");
        if (status.equals("304") || WITH_ENTITY_TAG.matcher(shown).matches()) {
            response.addHeader(
                    "ETag",
                    OASFactory.createHeader()
                            .description("The revision, in quotation marks: for If-Match and If-None-Match.")
                            .schema(OASFactory.createSchema().addType(SchemaType.STRING)));
        }
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
