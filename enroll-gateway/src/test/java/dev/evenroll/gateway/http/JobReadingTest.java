package dev.evenroll.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.FakeJobs;
import dev.evenroll.gateway.TestTrust;
import dev.evenroll.gateway.job.JobId;
import dev.evenroll.gateway.job.JobOwner;
import dev.evenroll.gateway.job.JobQueries;
import dev.evenroll.gateway.job.JobState;
import dev.evenroll.gateway.job.LineFinding;
import dev.evenroll.gateway.job.LineResult;
import dev.evenroll.gateway.job.ListedJob;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Pem;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What is told of jobs, over TLS.
class JobReadingTest extends JobCalls {

    @Test
    void howFarAJobIs() throws Exception {
        jobs.answers = (job, requester) -> requester.name().equals("line-1") && job.equals(FakeJobs.ID)
                ? new JobQueries.Answer.Progress(JobState.SUBMITTED, 10, 10, 4, 3, 2, 1)
                : new JobQueries.Answer.Unknown();

        assertThat(exchange(line, Requests.get(JOB)).body())
                .isEqualTo("{\"jobId\":\"" + FakeJobs.ID.value() + "\",\"state\":\"submitted\",\"submitted\":true,"
                        + "\"taken\":10,\"lines\":10,\"issued\":4,\"refused\":3,\"pending\":2,\"running\":1}\n");
        var other = gateway.trust.registrationAuthority(gateway.trust.integrator, "line-2");
        assertThat(exchange(other, Requests.get(JOB)).status()).isEqualTo(404);
    }

    @Test
    void aJobThatBrokeOffSaysWhatToDoNext() throws Exception {
        jobs.answers = (_, _) -> new JobQueries.Answer.Progress(JobState.INTERRUPTED, 7, 9, 0, 0, 0, 9);

        assertThat(exchange(line, Requests.get(JOB)).body())
                .contains("\"state\":\"interrupted\",\"submitted\":false,\"taken\":7,\"lines\":9,")
                .endsWith(",\"next\":\"Post the lines behind line 7 to " + JOB + "/lines?after=7, or nothing when that"
                        + " was the last.\"}\n");
    }

    @Test
    void itsOwnJobsAreListedNewestFirst() throws Exception {
        var other = new JobId(new UUID(5, 6), 7, 8);
        jobs.listed.add(new ListedJob(FakeJobs.ID, owner("line-1"), "", TestTrust.NOW, true));
        jobs.listed.add(new ListedJob(other, owner("line-1"), "file-1", TestTrust.NOW, false));
        jobs.listed.add(
                new ListedJob(new JobId(new UUID(9, 9), 0, 0), owner("line-2"), "file-1", TestTrust.NOW, false));
        var newest = "{\"jobId\":\"" + other.value() + "\",\"idempotencyKey\":\"file-1\",\"openedAt\":\""
                + TestTrust.NOW + "\",\"submitted\":false}";

        assertThat(exchange(line, Requests.get("/jobs")).body())
                .startsWith("{\"jobs\":[" + newest + ",{\"jobId\":\"" + FakeJobs.ID.value() + "\",");
        assertThat(exchange(line, Requests.get("/jobs?idempotencyKey=file-1")).body())
                .isEqualTo("{\"jobs\":[" + newest + "]}\n");
    }

    @Test
    void whatHasBecomeOfItsLines() throws Exception {
        var issued = gateway.trust.own("SN-1", Duration.ofDays(30)).certificate();
        jobs.answers = (_, _) -> new JobQueries.Answer.Results(List.of(
                new LineResult(1, "SN-1", "aa", new LineResult.Ending.Issued(Certificates.der(issued))),
                new LineResult(2, "", "", new LineResult.Ending.Refused(List.of(new LineFinding("r", "Why \"so\".")))),
                new LineResult(4, "SN-4", "bb", new LineResult.Ending.Pending())));

        var answer = exchange(line, Requests.get(JOB + "/results?after=3&limit=7"));

        assertThat(jobs.asked).isEqualTo("results after 3 at most 7");
        assertThat(answer.header()).contains("\r\nContent-Type: application/x-ndjson\r\n");
        var chain =
                Pem.encode(List.of(issued, gateway.trust.issuing.certificate())).replace("\n", "\\n");
        assertThat(answer.body().lines())
                .containsExactly(
                        "{\"line\":1,\"deviceId\":\"SN-1\",\"enrollmentId\":\"aa\",\"result\":\"issued\",\"certificate\":\""
                                + chain + "\"}",
                        "{\"line\":2,\"deviceId\":\"\",\"enrollmentId\":\"\",\"result\":\"refused\",\"errors\":[{\"rule\":\"r\","
                                + "\"message\":\"Why \\\"so\\\".\"}]}",
                        "{\"line\":4,\"deviceId\":\"SN-4\",\"enrollmentId\":\"bb\",\"result\":\"pending\"}");
    }

    private JobOwner owner(String name) {
        var key = gateway.trust.integrator.certificate().getPublicKey();
        return new JobOwner(name, Der.of(key.getEncoded()).sha256Hex());
    }
}
