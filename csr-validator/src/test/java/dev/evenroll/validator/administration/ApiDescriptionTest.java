package dev.evenroll.validator.administration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The description of the interface says everything that the interface does.
@QuarkusTest
@TestProfile(WithoutKafka.class)
class ApiDescriptionTest extends Calling {

    /// A call as the resources offer it.
    private record Offered(String path, String method) {}

    @Test
    void everyCallIsDescribed() throws Exception {
        var described = new ArrayList<Offered>();
        api().get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> described.add(new Offered(path.getKey(), method))));
        assertThat(described).containsExactlyInAnyOrderElementsOf(offered());
    }

    @Test
    void everyCallSaysWhatItDoesWhoMayAndHowItFails() throws Exception {
        for (var call : offered()) {
            var operation = api().get("paths").get(call.path()).get(call.method());
            assertThat(operation.path("summary").asText())
                    .as("summary of %s", call)
                    .isNotBlank();
            assertThat(operation.path("description").asText())
                    .as("description of %s", call)
                    .contains("Role: ");
            assertThat(operation.get("security").toString()).as("%s", call).isEqualTo("[{\"bearer\":[]}]");
            var responses = operation.get("responses");
            responses.properties().forEach(response -> assertResponse(call, response.getKey(), response.getValue()));
            var statuses = new ArrayList<String>();
            responses.fieldNames().forEachRemaining(statuses::add);
            assertThat(statuses).as("%s", call).contains("400", "401", "403", "406", "500", "503");
            if (!call.method().equals("get")) {
                assertThat(statuses).as("%s", call).contains("409", "413", "415", "422");
                assertThat(operation.path("requestBody").path("content").size())
                        .as("body of %s", call)
                        .isPositive();
            }
            operation.path("parameters").forEach(parameter -> assertParameter(call, parameter));
        }
    }

    private static void assertResponse(Offered call, String status, JsonNode response) {
        assertThat(response.path("description").asText())
                .as("%s of %s", status, call)
                .isNotBlank();
        if (status.equals("304")) {
            assertThat(response.path("content").isMissingNode()).as("%s", call).isTrue();
            return;
        }
        var problem = !status.startsWith("2");
        var mediaType = problem ? "application/problem+json" : "application/json";
        var schema = response.path("content")
                .path(mediaType)
                .path("schema")
                .path("$ref")
                .asText();
        assertThat(schema).as("%s of %s", status, call).startsWith("#/components/schemas/");
        assertThat(schema.endsWith("/Problem")).as("%s of %s", status, call).isEqualTo(problem);
    }

    private static void assertParameter(Offered call, JsonNode parameter) {
        if (!parameter.path("in").asText().equals("path")) {
            assertThat(parameter.path("description").asText())
                    .as("%s of %s", parameter.path("name"), call)
                    .isNotBlank();
        }
    }

    @Test
    void schemasAndTheSecuritySchemeAreThere() throws Exception {
        var components = api().get("components");
        assertThat(components.get("schemas").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "Approval",
                        "ApprovalDecision",
                        "ApprovalPage",
                        "Batch",
                        "BatchLine",
                        "BatchRow",
                        "Device",
                        "DeviceDescription",
                        "DevicePage",
                        "DevicePatch",
                        "FieldProblem",
                        "Judgement",
                        "Key",
                        "KeyBlock",
                        "Ownership",
                        "Problem",
                        "Reason",
                        "RegistrationAuthorities",
                        "RegistrationAuthority",
                        "RegistrationAuthorityDescription",
                        "Token",
                        "Validity");
        assertThat(components.at("/schemas/Problem/properties").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("type", "title", "status", "detail", "errors");
        assertThat(components.at("/securitySchemes/bearer/type").asText()).isEqualTo("http");
        assertThat(components.at("/securitySchemes/bearer/scheme").asText()).isEqualTo("bearer");
    }

    @Test
    void parametersSayWhatTheyLookLike() throws Exception {
        assertThat(schemas("/devices", "get"))
                .containsEntry("state", words("registered", "enrolled", "suspended", "quarantined", "decommissioned"))
                .containsEntry("expiringBefore", "{\"type\":\"string\",\"format\":\"date-time\"}")
                .containsEntry("limit", "{\"type\":\"integer\",\"default\":100,\"maximum\":1000,\"minimum\":1}")
                .containsEntry("site", "{\"type\":\"string\"}");
        assertThat(schemas("/approvals", "get")).containsEntry("decided", "{\"type\":\"boolean\"}");
        assertThat(schemas("/devices/batch", "post")).containsEntry("update", "{\"type\":\"boolean\"}");
        assertThat(schemas("/keys/{keySha256}", "get"))
                .containsEntry("keySha256", "{\"type\":\"string\",\"pattern\":\"^[0-9a-f]{64}$\"}");
    }

    private static String words(String... words) {
        return "{\"type\":\"string\",\"enum\":[\"" + String.join("\",\"", words) + "\",\"unknown\"]}";
    }

    private Map<String, String> schemas(String path, String method) throws Exception {
        var schemas = new HashMap<String, String>();
        api().get("paths")
                .get(path)
                .get(method)
                .get("parameters")
                .forEach(parameter -> schemas.put(
                        parameter.get("name").textValue(),
                        parameter.get("schema").toString()));
        return schemas;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    DeviceDescription                | manufacturer,model,ocppIdentity,owner,site
                    DevicePatch                      |
                    BatchLine                        | deviceId
                    Reason                           | reason
                    Judgement                        | approved,reason
                    Ownership                        | owner,site
                    Validity                         |
                    RegistrationAuthorityDescription | kind
                    Device                           | deviceId,manufacturer,model,ocppIdentity,owner,site,enrollmentModels,profile,state,registeredAt,changedAt,revision
                    DevicePage                       | devices,next
                    Batch                            | rows
                    BatchRow                         | line,result
                    Token                            | deviceId,token,expiresAt
                    Key                              | keySha256,deviceId,claimedAt,certificateIds,block
                    Problem                          | type,title,status,detail
                    FieldProblem                     | field,reason""")
    void schemasSayWhatIsAlwaysThere(String schema, @Nullable String required) throws Exception {
        var found = new ArrayList<String>();
        api().at("/components/schemas/" + schema + "/required").forEach(name -> found.add(name.textValue()));
        assertThat(String.join(",", found)).isEqualTo(required == null ? "" : required);
    }

    @Test
    void schemasSayWhatTheirValuesLookLike() throws Exception {
        var schemas = api().at("/components/schemas");
        assertThat(schemas.at("/Device/properties/registeredAt/format").textValue())
                .isEqualTo("date-time");
        assertThat(schemas.at("/Device/properties/enrollmentModels/items/enum").toString())
                .isEqualTo("[\"factory\",\"field\",\"just-in-time\",\"central-gateway\"]");
        assertThat(schemas.at("/DeviceDescription/properties/owner/maxLength").intValue())
                .isEqualTo(64);
        assertThat(schemas.at("/Approval/properties/model/enum").toString()).contains("\"renewal\",\"unknown\"");
        assertThat(schemas.at("/DevicePage/properties/next/type").toString()).isEqualTo("[\"string\",\"null\"]");
        assertThat(schemas.at("/Approval/properties/decision/anyOf").toString())
                .isEqualTo("[{\"$ref\":\"#/components/schemas/ApprovalDecision\"},{\"type\":\"null\"}]");
        assertThat(schemas.at("/BatchRow/properties").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("line", "deviceId", "result", "errors");
    }

    /// Where there are revisions, and nowhere else.
    @Test
    void revisionsAreDeclared() throws Exception {
        for (var call : offered()) {
            var operation = api().get("paths").get(call.path()).get(call.method());
            var revised = call.path().matches("/(devices|registration-authorities)/\\{.*");
            assertThat(operation.path("parameters").findValuesAsText("name").contains("If-Match"))
                    .as("If-Match of %s", call)
                    .isEqualTo(revised);
            if (revised && !call.path().endsWith("/token")) {
                assertThat(operation
                                .at("/responses/200/headers/ETag/schema/type")
                                .asText())
                        .as("ETag of %s", call)
                        .isEqualTo("string");
            }
        }
        var devices = api().get("paths").get("/devices/{deviceId}");
        assertThat(devices.at("/put/responses/201/headers").has("ETag")).isTrue();
        assertThat(devices.at("/get/responses/304/headers").has("ETag")).isTrue();
    }

    @Test
    void theInterfaceSaysWhatItIs() throws Exception {
        assertThat(api().at("/info/title").asText()).isEqualTo("Evenroll: registry of devices");
        assertThat(api().at("/info/description").asText()).startsWith("Who may have which certificate.");
    }

    @Test
    void everyReferenceLeadsSomewhere() throws Exception {
        var api = api();
        var references = api.findValuesAsText("$ref");
        assertThat(references).isNotEmpty();
        for (var reference : references) {
            assertThat(api.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        }
    }

    private JsonNode api() throws Exception {
        var answer = get("q/openapi?format=json", null);
        assertStatus(answer, 200);
        return json(answer);
    }

    private static List<Offered> offered() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.evenroll.validator.administration")
                        .stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .map(JavaClass::reflect)
                        .flatMap(ApiDescriptionTest::offered)
                        .toList();
    }

    private static Stream<Offered> offered(Class<?> resource) {
        return Arrays.stream(resource.getDeclaredMethods())
                .flatMap(method -> verb(method).map(verb -> new Offered(path(resource, method), verb)));
    }

    private static Stream<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .map(verb -> verb.value().toLowerCase(Locale.ROOT));
    }

    private static String path(Class<?> resource, Method method) {
        var ofMethod = method.getAnnotation(Path.class);
        return resource.getAnnotation(Path.class).value() + (ofMethod == null ? "" : ofMethod.value());
    }
}
