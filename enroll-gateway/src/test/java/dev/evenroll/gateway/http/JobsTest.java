package dev.evenroll.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.FakeJobs;
import dev.evenroll.gateway.TestTrust;
import dev.evenroll.gateway.job.JobLog;
import dev.evenroll.gateway.job.JobQueries;
import dev.evenroll.gateway.job.TakenLines;
import dev.evenroll.gateway.observation.Observation.Kind;
import dev.evenroll.pki.Certificates;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How jobs are posted, over TLS.
class JobsTest extends JobCalls {

    @Test
    void aJobIsTakenLineByLine() throws Exception {
        var answer = exchange(line, post(good + "{}\n" + good));

        assertThat(answer.header())
                .startsWith("HTTP/1.1 202 Accepted\r\n")
                .contains("\r\nLocation: " + JOB + "\r\n", "\r\nContent-Type: application/json\r\n");
        assertThat(answer.body()).isEqualTo("{\"jobId\":\"" + FakeJobs.ID.value() + "\",\"lines\":3,\"refused\":1}\n");
        assertThat(jobs.written)
                .hasSize(5)
                .startsWith("opened by line-1", "1 asks for SN-1")
                .endsWith("3 asks for SN-1", "submitted 3");
        assertThat(jobs.requests).allSatisfy(request -> {
            assertThat(request.requester().chain().getFirst()).isEqualTo(Certificates.der(line.certificate()));
            assertThat(request.remoteAddress()).isEqualTo("127.0.0.1");
        });
    }

    @Test
    void aJobMayComeInChunks() throws Exception {
        var header = Requests.header(
                "POST /jobs HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/x-ndjson",
                "Transfer-Encoding: chunked");
        var body = good.repeat(20);
        try (var client = gateway.client(line)) {
            client.send(header);
            for (int at = 0; at < body.length(); at += 1_000) {
                var part = body.substring(at, Math.min(body.length(), at + 1_000));
                client.send(Integer.toHexString(part.length()) + "\r\n" + part + "\r\n");
            }
            assertThat(client.send("0\r\n\r\n").receive().status()).isEqualTo(202);
        }
        assertThat(jobs.written).hasSize(22).endsWith("submitted 20");
    }

    @Test
    void whatIsNotDurableHoldsUpTheJobAndNotItsDeadline() throws Exception {
        jobs.slow = true;
        try (var client = gateway.client(line)) {
            client.send(post("{}\n".repeat(300)));
            await(() -> jobs.written.size() == 251);
            // Longer than a client may take to bring a request.
            Thread.sleep(Duration.ofSeconds(3));
            assertThat(jobs.written).hasSize(251);
            for (int done = 0; done < 300; done++) {
                var next = done;
                await(() -> jobs.unacknowledged.size() > next);
                jobs.unacknowledged.get(done).complete(null);
            }
            assertThat(client.receive().status()).isEqualTo(202);
        }
        assertThat(jobs.written).endsWith("submitted 300");
    }

    @Test
    void aJobThatBreaksOffIsNotSubmittedAndLeavesRoomForOthers() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (var client = gateway.client(line)) {
                var before = jobs.requests.size();
                client.send(post(good + good).replace(good + good, good));
                await(() -> jobs.requests.size() == before + 1);
            }
        }
        assertThat(List.copyOf(jobs.written)).noneMatch(text -> text.startsWith("submitted"));
        await(() -> status(line, post(good)) == 202);
    }

    @Test
    void aJobThatStopsComingIs408() throws Exception {
        try (var client = gateway.client(line)) {
            var answer =
                    client.send(post(good + good).replace(good + good, good)).receive();

            assertProblem(answer, 408, "Nothing more of the job came for a while; ask with GET how far it is,");
        }
    }

    @Test
    void anAuthorityMayNotTakeEveryPlace() throws Exception {
        jobs.slow = true;
        var clients = new ArrayList<WireClient>();
        upload(line, clients);
        upload(line, clients);

        var answer = exchange(line, post(good));
        assertProblem(
                answer,
                503,
                "This gateway takes in 2 uploads of this registration authority already; post it again when one of"
                        + " them has ended.");
        assertThat(answer.header()).contains("\r\nRetry-After: 5\r\n");

        for (var name : List.of("line-2", "line-3")) {
            upload(gateway.trust.registrationAuthority(gateway.trust.integrator, name), clients);
        }
        assertProblem(
                exchange(gateway.trust.registrationAuthority(gateway.trust.integrator, "line-4"), post(good)),
                503,
                "This gateway takes in 4 uploads already; post it again.");

        jobs.unacknowledged.forEach(done -> done.complete(null));
        for (var client : clients) {
            assertThat(client.receive().status()).isEqualTo(202);
            client.close();
        }
    }

    private void upload(TestTrust.Identity identity, List<WireClient> clients) throws IOException {
        var before = jobs.requests.size();
        clients.add(gateway.client(identity).send(post(good)));
        await(() -> jobs.requests.size() == before + 1);
    }

    @Test
    void aLineThatCouldNotBeWrittenIs503() throws Exception {
        jobs.failing = 2;

        assertProblem(
                exchange(line, post(good + good)),
                503,
                "It is not known whether the enrollment pipeline has all lines; ask with GET " + JOB + " how many it"
                        + " has, and go on from there.");
    }

    @Test
    void moreLinesThanAJobMayHaveAre413AndTheJobIsNamed() throws Exception {
        var answer = exchange(line, post("\n".repeat(200_001)));

        assertProblem(answer, 413, "A job has at most 200000 lines; so many have been taken as " + FakeJobs.ID.value());
        assertThat(answer.header()).contains("\r\nLocation: " + JOB + "\r\n");
    }

    @Test
    void onlyARegistrationAuthorityMayBringOrReadJobs() throws Exception {
        for (var identity : new TestTrust.Identity[] {
            null, gateway.trust.idevid("SN-1"), gateway.trust.own("SN-1", Duration.ofDays(3))
        }) {
            assertProblem(exchange(identity, post(good)), 403, "Jobs are for registration authorities; connect with");
            assertProblem(exchange(identity, Requests.get(JOB)), 403, "Jobs are for registration authorities;");
        }
        assertProblem(
                exchange(gateway.trust.registrationAuthority(gateway.trust.stranger, "line-1"), post(good)),
                403,
                "The client certificate is not accepted: ");
        assertThat(gateway.pipeline.observed()).hasSize(7).containsOnly(Kind.AUTHENTICATION_FAILED);
        assertThat(jobs.written).isEmpty();
    }

    @Test
    void whatIsNoJobIsSaidInWords() throws Exception {
        assertProblem(
                exchange(line, Requests.get("/jobs").replace("GET", "PUT")),
                405,
                "Only the method GET or POST is taken here.");
        assertProblem(exchange(line, Requests.get(JOB + "/lines")), 405, "Only the method POST is taken here.");
        assertProblem(
                exchange(line, post(good).replace("/jobs", JOB + "/lines?after=x")),
                400,
                "after: is not a number of a line; give the last line that you have, or 0.");
        assertProblem(
                exchange(line, post(good).replace("Host:", "Idempotency-Key: a b\r\nHost:")),
                400,
                "Idempotency-Key: is not 1 to 64 letters, digits and . _ -;");
        assertProblem(exchange(line, Requests.post(JOB, "x")), 405, "Only the method GET is taken here.");
        assertProblem(exchange(line, post("")), 400, "The job has no lines;");
        assertProblem(
                exchange(line, post(good).replace("application/x-ndjson", "application/json")),
                415,
                "A job is posted as Content-Type: application/x-ndjson, without Content-Encoding.");
        assertProblem(
                exchange(line, Requests.get(JOB + "/results?after=-1")),
                400,
                "after: is not a number of a line; give the last line that you have, or 0.");
        assertProblem(
                exchange(line, Requests.get(JOB + "/results?limit=1001")),
                400,
                "limit: is not a number from 1 to 1000.");
        for (var path : List.of(JOB, JOB + "/results", "/jobs/1", JOB + "/x", "/jobs/")) {
            assertProblem(exchange(line, Requests.get(path)), 404, "There is no such job of this requester;");
        }
    }

    @Test
    void aJobGoesOnBehindTheLinesThatWereTaken() throws Exception {
        jobs.answers = (_, _) -> new JobQueries.Answer.Standing(false, new TakenLines(new long[] {1, 2}, 2), 1);

        var answer = exchange(line, post(good).replace("/jobs", JOB + "/lines?after=2"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"jobId\":\"" + FakeJobs.ID.value() + "\",\"lines\":3,\"refused\":1}\n");
        assertThat(jobs.written).containsExactly("3 asks for SN-1", "submitted 3");

        assertProblem(
                exchange(line, post(good).replace("/jobs", JOB + "/lines?after=3")),
                409,
                "after: is 3, but only 2 lines have been taken; post the lines behind them to " + JOB
                        + "/lines?after=2.");
        assertProblem(
                exchange(line, post(good).replace("/jobs", JOB + "/lines")),
                409,
                "line 1: is another than the one that was taken under this number as " + FakeJobs.ID.value() + ";");
        var nothing = exchange(line, post("").replace("/jobs", JOB + "/lines?after=2"));
        assertThat(nothing.status()).as(nothing.body()).isEqualTo(202);
        assertThat(jobs.written).endsWith("submitted 2");
    }

    @Test
    void aJobThatIsPostedAgainUnderItsNameIsTheSameJob() throws Exception {
        jobs.opening = new JobLog.Opening.Known(FakeJobs.ID);
        jobs.answers = (_, _) -> JobQueries.Answer.Standing.NEW;

        var answer = exchange(line, post(good).replace("Host:", "Idempotency-Key: \"file-1\"\r\nHost:"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(jobs.written).containsExactly("opened by line-1 as file-1", "1 asks for SN-1", "submitted 1");
    }

    @Test
    void tooManyOpenJobsAre409() throws Exception {
        jobs.opening = new JobLog.Opening.TooMany(20);

        assertProblem(
                exchange(line, post(good)),
                409,
                "This registration authority has 20 jobs that are not submitted; go on with them first: GET /jobs lists"
                        + " them, and GET /jobs/ID says how.");
    }

    private int status(TestTrust.Identity identity, String request) {
        try {
            return exchange(identity, request).status();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
