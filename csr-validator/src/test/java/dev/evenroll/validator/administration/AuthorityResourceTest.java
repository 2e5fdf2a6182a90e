package dev.evenroll.validator.administration;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Registration authorities, as people see and enter them.
@QuarkusTest
@TestProfile(WithoutKafka.class)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class AuthorityResourceTest extends Calling {

    private static final String CONTROLLER = "{\"kind\":\"local-controller\",\"sites\":[\"Yard\",\"Depot\"]}";
    private static final String LC_1 = "registration-authorities/lc-1";

    @Inject
    MemoryAuthorities authorities;

    @BeforeEach
    void forget() {
        authorities.clear();
    }

    @Test
    void anAuthorityIsEnteredAndChanged() throws Exception {
        var entered = put(LC_1, CONTROLLER, token("registrar"));
        assertStatus(entered, 201);
        assertThat(entered.headers().firstValue("etag")).hasValue("\"1\"");
        assertThat(json(entered)).isEqualTo(json("""
                {"name":"lc-1","kind":"local-controller","sites":["Depot","Yard"],"manufacturers":[],"active":true,
                "certificateSha256":[],"issuerSha256":[],
                "actor":"alice","changedAt":"2026-11-22T10:00:00Z","revision":1}"""));
        assertThat(json(get(LC_1, token("auditor")))).isEqualTo(json(entered));

        // What was shown may be sent back.
        var same = put(LC_1, entered.body(), tokenOf("bob", "registrar"));
        assertStatus(same, 200);
        assertThat(json(same)).isEqualTo(json(entered));

        var changed = put(LC_1, CONTROLLER.replace("}", ",\"active\":false}"), tokenOf("bob", "registrar"));
        assertStatus(changed, 200);
        assertThat(changed.headers().firstValue("etag")).hasValue("\"2\"");
        assertThat(json(changed).get("active").booleanValue()).isFalse();
        assertThat(json(changed).get("actor").textValue()).isEqualTo("bob");
    }

    @Test
    void aChangeIsForTheRevisionThatTheCallerKnows() throws Exception {
        assertProblem(
                put(LC_1, CONTROLLER, token("registrar"), "If-Match", "\"1\""),
                412,
                "The registration authority lc-1 is not there; read it again and decide anew.");
        assertStatus(put(LC_1, CONTROLLER, token("registrar"), "If-Match", "*"), 412);
        assertStatus(put(LC_1, CONTROLLER, token("registrar"), "If-None-Match", "*"), 201);
        assertProblem(
                put(LC_1, CONTROLLER, token("registrar"), "If-None-Match", "*"),
                412,
                "The registration authority lc-1 has the revision 1; read it again and decide anew.");
        var other = CONTROLLER.replace("Yard", "Port");
        assertStatus(put(LC_1, other, token("registrar"), "If-Match", "\"2\""), 412);
        assertStatus(put(LC_1, other, token("registrar"), "If-Match", "\"1\""), 200);
    }

    @Test
    void allAreListedByName() throws Exception {
        put("registration-authorities/line-7", """
                {"kind":"factory-line","manufacturers":["acme"]}""", token("registrar"));
        put(LC_1, CONTROLLER, token("registrar"));
        var names = new ArrayList<String>();
        json(get("registration-authorities", token("installer")))
                .get("registrationAuthorities")
                .forEach(one -> names.add(one.get("name").textValue()));
        assertThat(names).containsExactly("lc-1", "line-7");
        assertProblem(
                get("registration-authorities/x", token("auditor")),
                404,
                "The registration authority x is not known; enter it with PUT /registration-authorities/x.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {} | kind: is neither local-controller nor factory-line; say which of the two it is
            {"kind":"KING"} | kind: is neither local-controller nor factory-line; say which of the two it is
            {"kind":"local-controller"} | sites: are 0; give 1 to 1000
            {"kind":"local-controller","sites":["a",""]} | sites: one of them is missing; give 1 to 255 characters
            {"kind":"local-controller","sites":["a"],"manufacturers":["b"]} | manufacturers: are given, and a local controller speaks for sites; leave them out
            {"kind":"factory-line","sites":["a"]} | manufacturers: are 0; give 1 to 100; sites: are given, and a factory line speaks for manufacturers; leave them out
            {"kind":"factory-line","manufacturers":["b"],"active":"yes"} | active: is neither true nor false
            {"kind":"factory-line","manufacturers":["b"],"issuerSha256":["AB"]} | issuerSha256: one of them is not a SHA-256; give the 64 lower-case hex digits of the SHA-256 of a certificate in DER
            {"kind":"factory-line","manufacturers":["b"],"certificateSha256":["","","","","","","","","","",""]} | certificateSha256: are 11; give at most 10
            {"kind":"factory-line","manufacturers":"b"} | manufacturers: is not an array of strings; write it like ["..."]
            """)
    void everythingThatIsWrongIsSaid(String body, String reasons) throws Exception {
        assertProblem(put(LC_1, body, token("registrar")), 400, "The request can not be carried out: " + reasons + ".");
        assertStatus(get(LC_1, token("auditor")), 404);
    }

    @Test
    void aNameFitsIntoACertificate() throws Exception {
        assertStatus(put("registration-authorities/" + "x".repeat(64), CONTROLLER, token("registrar")), 201);
        assertProblem(
                put("registration-authorities/" + "x".repeat(65), CONTROLLER, token("registrar")),
                400,
                "The request can not be carried out: name: is longer than 64 characters; shorten it.");
    }
}
