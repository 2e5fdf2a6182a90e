package dev.evenroll.validator.administration;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.build.Jwt;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may call what, and how everything else is answered.
@QuarkusTest
@TestProfile(WithoutKafka.class)
class AccessTest extends Calling {

    @Test
    void withoutATokenNothingIsAnsweredAndItIsReported() throws Exception {
        var detail = "The call needs a valid bearer token; get a new one and send it in the header Authorization.";
        var answer = get("devices/EVR-1", null);
        assertProblem(answer, 401, detail);
        assertThat(answer.headers().firstValue("www-authenticate")).hasValue("Bearer");
        assertProblem(put("devices/EVR-1", EVR_1, null), 401, detail);
        assertThat(refusals.calls())
                .containsExactly("401 127.0.0.1 GET /devices/EVR-1", "401 127.0.0.1 PUT /devices/EVR-1");
    }

    @Test
    void aTokenThatIsNotOursIsNone() throws Exception {
        var expired = Jwt.upn("alice")
                .groups("registrar")
                .issuer("test-issuer")
                .audience("evenroll")
                .expiresIn(Duration.ofHours(-1))
                .sign();
        var otherAudience = Jwt.upn("alice")
                .groups("registrar")
                .issuer("test-issuer")
                .audience("other")
                .sign();
        var otherIssuer = Jwt.upn("alice")
                .groups("registrar")
                .issuer("other")
                .audience("evenroll")
                .sign();
        var tampered = token("auditor").replaceFirst("\\.[^.]*\\.", ".e30.");
        for (var token : new String[] {expired, otherAudience, otherIssuer, tampered, "x", "a.b.c"}) {
            assertThat(get("devices", token).statusCode()).isEqualTo(401);
        }
        assertThat(refusals.calls()).hasSize(6);
    }

    /// Every call and every role, with what the answer is when the device is not there.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | devices                    |                              | 200 | registrar installer approver revoker auditor
            GET    | devices/EVR-1              |                              | 404 | registrar installer approver revoker auditor
            PUT    | devices/EVR-1              | application/json             | 400 | registrar
            PATCH  | devices/EVR-1              | application/merge-patch+json | 404 | registrar
            POST   | devices/EVR-1/suspend      | application/json             | 400 | registrar
            POST   | devices/EVR-1/resume       | application/json             | 400 | registrar
            POST   | devices/EVR-1/quarantine   | application/json             | 400 | registrar
            POST   | devices/EVR-1/decommission | application/json             | 400 | registrar
            POST   | devices/EVR-1/transfer     | application/json             | 400 | registrar
            POST   | devices/EVR-1/token        | application/json             | 404 | registrar installer
            POST   | devices/batch              | application/x-ndjson         | 200 | registrar
            GET    | approvals                  |                              | 200 | registrar installer approver revoker auditor
            GET    | approvals/EVR-1/x          |                              | 400 | registrar installer approver revoker auditor
            POST   | approvals/EVR-1/x          | application/json             | 400 | approver
            GET    | keys/x                     |                              | 400 | registrar installer approver revoker auditor
            PUT    | keys/x/block               | application/json             | 400 | revoker
            GET    | registration-authorities   |                              | 200 | registrar installer approver revoker auditor
            GET    | registration-authorities/x |                              | 404 | registrar installer approver revoker auditor
            PUT    | registration-authorities/x | application/json             | 400 | registrar
            """)
    void aRoleIsNeededForEachCallAndItsLackIsReported(
            String method, String path, String mediaType, int answered, String roles) throws Exception {
        for (var role : new String[] {"registrar", "installer", "approver", "revoker", "auditor", "visitor"}) {
            refusals.clear();
            var request = request(path, token(role))
                    .method(method, BodyPublishers.ofString(method.equals("GET") ? "" : "{}"));
            var answer = send(mediaType == null ? request : request.header("Content-Type", mediaType));
            if (roles.contains(role)) {
                assertStatus(answer, answered);
                assertThat(refusals.calls()).isEmpty();
            } else {
                assertStatus(answer, 403);
                assertThat(refusals.calls()).containsExactly("403 alice 127.0.0.1 " + method + " /" + path);
            }
        }
    }

    @Test
    void theRoleThatIsMissingIsNamed() throws Exception {
        assertProblem(
                put("devices/EVR-1", EVR_1, token("auditor")),
                403,
                "The token does not have the role that this call needs: registrar. Have it given to you, or call as "
                        + "somebody who has it.");
        assertProblem(
                postAs(token("auditor", "approver"), "devices/EVR-1/token", "application/json", "{}"),
                403,
                "The token does not have the role that this call needs: installer or registrar. Have it given to you, "
                        + "or call as somebody who has it.");
    }

    @Test
    void wrongPathsMethodsAndMediaTypesAreProblemsToo() throws Exception {
        assertProblem(
                get("nothing", token("auditor")),
                404,
                "There is nothing at this path; the paths are described at /q/openapi.");
        assertProblem(
                send(request("devices", token("registrar")).DELETE()),
                405,
                "The method is not offered at this path; the methods are described at /q/openapi.");
        assertProblem(
                postAs(token("registrar"), "devices/EVR-1/suspend", "text/plain", "{}"),
                415,
                "The body is of a media type that is not taken here; send application/json, for PATCH "
                        + "application/merge-patch+json, for a batch application/x-ndjson.");
        assertProblem(
                get("devices", token("auditor"), "Accept", "text/html"),
                406,
                "The answer is JSON; accept application/json.");
    }

    @Test
    void whatIsUnexpectedIsAProblemThatTellsNothingOfIt() throws Exception {
        registry.have(MemoryRegistry.Fault.BROKEN);
        var answer = get("devices/EVR-1", token("auditor"));
        assertStatus(answer, 500);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(json(answer).get("detail").textValue())
                .startsWith("Something unexpected happened, and it is not known whether the call was carried out.")
                .doesNotContain("secret");
    }
}
