package dev.evenroll.gateway.http;

import dev.evenroll.gateway.job.JobId;
import java.util.Optional;

/// What a path of the bulk interface addresses: `/jobs`, `/jobs/<id>`, `/jobs/<id>/lines`, `/jobs/<id>/results`.
sealed interface JobTarget {

    String PATH = "/jobs";

    /// All jobs: to bring one, or to list one's own.
    record Jobs() implements JobTarget {}

    /// The lines of one job: to go on with it.
    record Lines(JobId job) implements JobTarget {}

    /// One job: how far it is.
    record Progress(JobId job) implements JobTarget {}

    /// What has become of the lines of one job.
    record Results(JobId job) implements JobTarget {}

    /// Nothing of this gateway, or an id that none of its jobs has.
    record Unknown() implements JobTarget {}

    /// Reads a path; empty when it is not of the bulk interface at all.
    static Optional<JobTarget> parse(String path) {
        if (path.equals(PATH)) {
            return Optional.of(new Jobs());
        }
        if (!path.startsWith(PATH + "/")) {
            return Optional.empty();
        }
        var parts = path.substring(PATH.length() + 1).split("/", -1);
        var job = JobId.parse(parts[0]);
        if (job.isEmpty() || parts.length > 2) {
            return Optional.of(new Unknown());
        }
        return Optional.of(
                switch (parts.length == 1 ? "" : "/" + parts[1]) {
                    case "" -> new Progress(job.get());
                    case "/lines" -> new Lines(job.get());
                    case "/results" -> new Results(job.get());
                    default -> new Unknown();
                });
    }

    /// The methods that it takes, separated by commas.
    default String methods() {
        return switch (this) {
            case Jobs() -> "GET, POST";
            case Lines _ -> "POST";
            case Progress _, Results _, Unknown() -> "GET";
        };
    }

    /// Its name in metrics.
    default String label() {
        return switch (this) {
            case Jobs() -> "jobs";
            case Lines _ -> "job-lines";
            case Progress _ -> "job";
            case Results _ -> "job-results";
            case Unknown() -> "none";
        };
    }
}
