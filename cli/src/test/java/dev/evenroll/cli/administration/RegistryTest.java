package dev.evenroll.cli.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.cli.administration.StubAdministration.Answer;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.tls.TestTls;
import dev.evenroll.cli.tls.TrustedServers;
import dev.evenroll.cli.tls.UntrustedServerException;
import dev.evenroll.pki.authority.Keys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RegistryTest {

    private static final TestTls TLS = new TestTls();
    private static final LocalTokens TOKENS =
            new LocalTokens(Keys.generateP256().getPrivate(), "alice", InstantSource.system());
    private static final DeviceEntry ENTRY = new DeviceEntry("simulated", "M1", "CP 1", "Acme", "Depot");
    private static final String DEVICE = """
            {"deviceId":"D1","manufacturer":"simulated","model":"M1","ocppIdentity":"CP 1","owner":"Acme","site":"Depot",
             "state":"REGISTERED","registeredAt":"2026-11-22T12:00:00Z","revision":1,"newer":{"field":true}}""";

    private interface Call<T> {
        T on(Registry registry) throws Exception;
    }

    private static <T> T against(Answer answer, Call<T> call) throws Exception {
        try (var stub = new StubAdministration(TLS, _ -> answer);
                var registry = new Registry(stub.address(), TrustedServers.of(TLS.anchors()), TOKENS)) {
            return call.on(registry);
        }
    }

    @Test
    void registersWithATokenOfTheRegistrar() throws Exception {
        try (var stub = new StubAdministration(TLS, _ -> new Answer(201, DEVICE));
                var registry = new Registry(stub.address(), TrustedServers.of(TLS.anchors()), TOKENS)) {
            var registered = registry.register("D1", ENTRY);
            assertThat(registered.isNew()).isTrue();
            assertThat(registered.device())
                    .isEqualTo(new Device(
                            "D1",
                            ENTRY,
                            "registered",
                            Optional.empty(),
                            Instant.parse("2026-11-22T12:00:00Z"),
                            Optional.empty(),
                            Optional.empty(),
                            1));
            var request = stub.requests().getFirst();
            assertThat(request.line()).isEqualTo("PUT /devices/D1");
            assertThat(request.authorization()).matches("Bearer [\\w-]+\\.[\\w-]+\\.[\\w-]+");
            assertThat(request.body())
                    .isEqualTo("{\"manufacturer\":\"simulated\",\"model\":\"M1\",\"ocppIdentity\":\"CP 1\","
                            + "\"owner\":\"Acme\",\"site\":\"Depot\"}");
        }
    }

    @Test
    void knowsADeviceThatWasThereBefore() throws Exception {
        assertThat(against(new Answer(200, DEVICE), registry -> registry.register("D1", ENTRY))
                        .isNew())
                .isFalse();
    }

    @Test
    void listsAPage() throws Exception {
        try (var stub = new StubAdministration(
                        TLS, _ -> new Answer(200, "{\"devices\":[" + DEVICE + "],\"next\":\"D1\"}"));
                var registry = new Registry(stub.address(), TrustedServers.of(TLS.anchors()), TOKENS)) {
            var page = registry.devices(DeviceSelection.all(7).from("A&B"));
            assertThat(page.items()).extracting(Device::deviceId).containsExactly("D1");
            assertThat(page.next()).contains("D1");
            assertThat(stub.requests().getFirst().line()).isEqualTo("GET /devices?after=A%26B&limit=7");
        }
    }

    @Test
    void sendsABatchUnderItsName() throws Exception {
        var rows = """
                {"rows":[{"line":1,"deviceId":"D1","result":"registered","errors":[]},
                 {"line":2,"deviceId":"D2","result":"refused","errors":[{"field":"owner","reason":"is registered"}]}],
                 "warnings":["manufacturer: there is no trust anchor"]}""";
        try (var stub = new StubAdministration(TLS, _ -> new Answer(200, rows));
                var registry = new Registry(stub.address(), TrustedServers.of(TLS.anchors()), TOKENS)) {
            assertThat(registry.enter("{}\n{}\n", true, "digest-0"))
                    .isEqualTo(new BatchAnswer(
                            List.of(
                                    new RowAnswer(1, RowAnswer.Result.REGISTERED, List.of()),
                                    new RowAnswer(
                                            2,
                                            RowAnswer.Result.REFUSED,
                                            List.of(new FieldError("owner", "is registered")))),
                            List.of("manufacturer: there is no trust anchor")));
            var request = stub.requests().getFirst();
            assertThat(request.line()).isEqualTo("POST /devices/batch?update=true");
            assertThat(request.header("Content-type")).isEqualTo("application/x-ndjson");
            assertThat(request.header("Idempotency-key")).isEqualTo("digest-0");
        }
    }

    @Test
    void aResultOfANewerRegistryIsAFault() {
        var rows = "{\"rows\":[{\"line\":1,\"deviceId\":\"D1\",\"result\":\"admired\",\"errors\":[]}]}";
        assertThatThrownBy(() -> against(new Answer(200, rows), registry -> registry.enter("{}", false, "k")))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("\"admired\", which this version does not know");
    }

    @Test
    void tooManyRequestsAreAFaultThatPasses() {
        assertThatThrownBy(() -> against(new Answer(429, "{}", "2"), registry -> registry.device("D1")))
                .isInstanceOfSatisfying(
                        FaultException.class,
                        fault -> assertThat(fault.retryAfter()).contains(Duration.ofSeconds(2)));
    }

    @Test
    void theLastPageNamesNoNext() throws Exception {
        var page = against(
                new Answer(200, "{\"devices\":[],\"next\":null}"),
                registry -> registry.devices(DeviceSelection.all(1)));
        assertThat(page.next()).isEmpty();
    }

    @Test
    void saysWhyItWasRefusedFieldByField() {
        var problem = """
                {"title":"Bad Request","detail":"2 fields are wrong.",
                 "errors":[{"field":"model","reason":"is empty"},{"field":"site","reason":"is \\u001b[31m long"}]}""";
        assertThatThrownBy(() -> against(new Answer(400, problem), registry -> registry.register("D1", ENTRY)))
                .isInstanceOf(RefusedException.class)
                .hasMessage("""
                        csr-validator answered 400: 2 fields are wrong.
                          model: is empty
                          site: is \\u001b[31m long""");
    }

    @Test
    void aRefusalWithoutWordsIsToldAsSuch() {
        assertThatThrownBy(() -> against(new Answer(401, ""), registry -> registry.device("D1")))
                .isInstanceOf(RefusedException.class)
                .hasMessage("csr-validator answered 401 without a reason.");
    }

    @Test
    void aServiceThatIsNotReadySaysWhenToComeBack() {
        assertThatThrownBy(() ->
                        against(new Answer(503, "{\"detail\":\"Not ready.\"}", "3"), registry -> registry.device("D1")))
                .isInstanceOfSatisfying(
                        FaultException.class,
                        fault -> assertThat(fault.retryAfter()).contains(Duration.ofSeconds(3)))
                .hasMessage("csr-validator answered 503: Not ready.");
    }

    @Test
    void anAnswerThatIsNoJsonIsAFault() {
        assertThatThrownBy(() -> against(new Answer(200, "<html>"), registry -> registry.device("D1")))
                .isInstanceOf(FaultException.class)
                .hasMessage("csr-validator answered 200 without a reason.");
    }

    @Test
    void anAnswerThatLacksAFieldIsAFault() {
        assertThatThrownBy(() ->
                        against(new Answer(200, DEVICE.replace("revision", "x")), registry -> registry.device("D1")))
                .isInstanceOf(FaultException.class)
                .hasMessage(
                        "The answer has no usable field \"revision\": is the stack of another version? Start it again"
                                + " with `evenroll up`.");
    }

    @Test
    void aServiceThatIsNotThereIsAFault() throws Exception {
        var stub = new StubAdministration(TLS, _ -> new Answer(200, "{}"));
        stub.close();
        try (var registry = new Registry(stub.address(), TrustedServers.of(TLS.anchors()), TOKENS)) {
            assertThatThrownBy(() -> registry.device("D1"))
                    .isInstanceOf(FaultException.class)
                    .hasMessage(
                            "csr-validator at " + stub.address() + " can not be reached: the connection is refused.");
        }
    }

    @Test
    void aServiceOfAnotherCaIsNotTrustedWithAToken() throws Exception {
        try (var stub = new StubAdministration(new TestTls(), _ -> new Answer(200, "{}"));
                var registry = new Registry(stub.address(), TrustedServers.of(TLS.anchors()), TOKENS)) {
            assertThatThrownBy(() -> registry.device("D1")).isInstanceOf(UntrustedServerException.class);
            assertThat(stub.requests()).isEmpty();
        }
    }
}
