package dev.evenroll.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.FakeJobs;
import dev.evenroll.gateway.TestTrust;
import dev.evenroll.gateway.authentication.RegistrationAuthority;
import dev.evenroll.gateway.job.JobLog;
import dev.evenroll.gateway.job.JobOwner;
import dev.evenroll.gateway.job.JobQueries;
import dev.evenroll.gateway.job.ListedJob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whose a job is, over TLS: an authority of one of two CAs, whose namesake the other CA has certified.
class JobAuthoritiesTest extends JobCalls {

    private final TestTrust.Identity renewed = gateway.trust.registrationAuthority(gateway.trust.integrator, "line-1");
    private final TestTrust.Identity namesake = gateway.trust.registrationAuthority(gateway.trust.issuing, "line-1");

    @Test
    void whateverIsAskedIsAskedForTheNameAndItsCa() throws Exception {
        // Known under its name: the post of the lines goes on with it, which is a question of its own.
        jobs.opening = new JobLog.Opening.Known(FakeJobs.ID);

        var known = asked(line);
        assertThat(known).hasSize(6).containsOnly(known.getFirst());
        assertThat(asked(renewed)).isEqualTo(known);
        assertThat(asked(namesake)).hasSize(6).doesNotContain(known.getFirst());
    }

    /// Every request of the bulk interface.
    private List<RegistrationAuthority> asked(TestTrust.Identity identity) throws IOException {
        jobs.requesters.clear();
        for (var request : List.of(
                Requests.get("/jobs"),
                Requests.get(JOB),
                Requests.get(JOB + "/results"),
                post(good),
                postTo(JOB + "/lines?after=0"))) {
            exchange(identity, request);
        }
        return List.copyOf(jobs.requesters);
    }

    @Test
    void theJobOfANamesakeIsAsUnknownAsOneThatIsNotThere() throws Exception {
        var key = asked(line).getFirst().issuerKeySha256();
        var owner = new JobOwner("line-1", key);
        jobs.listed.add(new ListedJob(FakeJobs.ID, owner, "file-1", TestTrust.NOW, false));
        jobs.answers = (_, requester) ->
                owner.is(requester) ? new JobQueries.Answer.Results(List.of()) : new JobQueries.Answer.Unknown();

        for (var its : List.of(line, renewed)) {
            assertThat(exchange(its, Requests.get("/jobs?idempotencyKey=file-1"))
                            .body())
                    .contains(FakeJobs.ID.value());
            assertThat(exchange(its, Requests.get(JOB + "/results")).status()).isEqualTo(200);
        }
        assertThat(exchange(namesake, Requests.get("/jobs?idempotencyKey=file-1"))
                        .body())
                .isEqualTo("{\"jobs\":[]}\n");
        for (var request : List.of(Requests.get(JOB + "/results"), postTo(JOB + "/lines?after=0"))) {
            var answer = exchange(namesake, request);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body())
                    .contains("only the registration authority that opened one may read it: the same common name (CN),"
                            + " certified by the same CA.");
        }
    }

    @Test
    void aNamesakeTakesNoPlaceOfItsUploads() throws Exception {
        jobs.slow = true;
        var clients = new ArrayList<WireClient>();
        for (var identity : List.of(namesake, namesake, line, renewed)) {
            var before = jobs.requests.size();
            clients.add(gateway.client(identity).send(post(good)));
            await(() -> jobs.requests.size() == before + 1);
        }
        jobs.unacknowledged.forEach(done -> done.complete(null));
        for (var client : clients) {
            assertThat(client.receive().status()).isEqualTo(202);
            client.close();
        }
    }

    private String postTo(String path) {
        return post(good).replace("POST /jobs", "POST " + path);
    }
}
