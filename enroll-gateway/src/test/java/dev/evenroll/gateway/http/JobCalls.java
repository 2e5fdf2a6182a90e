package dev.evenroll.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.FakeJobs;
import dev.evenroll.gateway.TestTrust;
import dev.evenroll.gateway.job.JobLog;
import dev.evenroll.gateway.job.JobQueries;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// The bulk interface of a gateway over TLS, with jobs in memory.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
abstract class JobCalls {

    static final String JOB = "/jobs/" + FakeJobs.ID.value();

    final TestGateway gateway = new TestGateway(Duration.ofSeconds(2), Duration.ofSeconds(10));
    final FakeJobs jobs = gateway.jobs;
    final TestTrust.Identity line = gateway.trust.registrationAuthority(gateway.trust.integrator, "line-1");
    final String good = "{\"csr\":\"" + Requests.csr("SN-1") + "\"}\n";

    @AfterEach
    void clear() {
        jobs.written.clear();
        jobs.requesters.clear();
        jobs.requests.clear();
        jobs.unacknowledged.clear();
        jobs.slow = false;
        jobs.failing = Integer.MAX_VALUE;
        jobs.told.clear();
        jobs.listed.clear();
        jobs.opening = new JobLog.Opening.Opened(FakeJobs.ID);
        jobs.answers = (_, _) -> new JobQueries.Answer.Unknown();
        gateway.pipeline.observations.clear();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    static String post(String body) {
        return "POST /jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    WireClient.Answer exchange(TestTrust.@Nullable Identity identity, String request) throws IOException {
        try (var client = identity == null ? gateway.anonymous() : gateway.client(identity)) {
            return client.send(request).receive();
        }
    }

    static void assertProblem(WireClient.Answer answer, int status, String detail) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header()).contains("\r\nContent-Type: application/problem+json\r\n");
        assertThat(answer.body())
                .startsWith("{\"type\":\"about:blank\",\"title\":\"")
                .contains("\"status\":" + status + ",\"detail\":\"" + detail);
    }

    static void await(BooleanSupplier condition) {
        var until = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(until);
            Thread.onSpinWait();
        }
    }
}
