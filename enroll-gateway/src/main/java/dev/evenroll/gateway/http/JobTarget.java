package dev.evenroll.gateway.http;

import dev.evenroll.gateway.job.JobId;
import java.util.Optional;

/// What a path of the bulk interface addresses: `/jobs`, `/jobs/<id>`, `/jobs/<id>/results`.
sealed interface JobTarget {

    String PATH = "/jobs";

    /// All jobs: to bring one.
    record Jobs() implements JobTarget {}

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
        if (job.isPresent() && parts.length == 1) {
            return Optional.of(new Progress(job.get()));
        }
        return Optional.of(
                job.isPresent() && parts.length == 2 && parts[1].equals("results")
                        ? new Results(job.get())
                        : new Unknown());
    }

    /// Its name in metrics.
    default String label() {
        return switch (this) {
            case Jobs() -> "jobs";
            case Progress _ -> "job";
            case Results _ -> "job-results";
            case Unknown() -> "none";
        };
    }
}
