package dev.evenroll.gateway.http;

import dev.evenroll.gateway.authentication.CertificateHolder;
import dev.evenroll.gateway.authentication.RegistrationAuthority;
import dev.evenroll.gateway.est.EstOutcome;
import dev.evenroll.gateway.est.EstResponse;
import dev.evenroll.gateway.job.JobId;
import dev.evenroll.gateway.job.JobLog;
import dev.evenroll.gateway.job.JobQueries;
import dev.evenroll.gateway.job.JobRegistry;
import dev.evenroll.gateway.limit.JobLimits;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Takes the lines that are posted: of a new job, or of one that its station goes on with.
///
/// @param clock tells when an upload has been slow
public record JobReception(
        JobLog log, JobQueries queries, JobRegistry registry, JobLimits limits, InstantSource clock) {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /// Begins a job, or goes on with the one that its station gave this name.
    ///
    /// @param authority whose job it is
    /// @return what is wrong with the request; empty when it is being answered
    Optional<EstResponse> open(CertificateHolder requester, RegistrationAuthority authority, Exchange exchange) {
        var wrong = wrongType(exchange).or(() -> wrongKey(exchange)).or(() -> empty(exchange));
        if (wrong.isEmpty()) {
            upload(requester, authority, exchange)
                    .ifPresent(upload ->
                            upload.open(authority, exchange.idempotencyKey().orElse("")));
        }
        return wrong;
    }

    /// Goes on with a job.
    ///
    /// @param after number of the line behind which the posted lines begin
    /// @return what is wrong with the request; empty when it is being answered
    Optional<EstResponse> resume(
            CertificateHolder requester, RegistrationAuthority authority, JobId job, int after, Exchange exchange) {
        var wrong = wrongType(exchange);
        if (wrong.isEmpty()) {
            upload(requester, authority, exchange).ifPresent(upload -> upload.resume(authority, job, after));
        }
        return wrong;
    }

    private static Optional<EstResponse> wrongKey(Exchange exchange) {
        return exchange.idempotencyKey()
                .filter(key -> !KEY.matcher(key).matches())
                .map(_ -> EstResponse.text(
                        EstOutcome.MALFORMED,
                        "Idempotency-Key: is not 1 to 64 letters, digits and . _ -; give a digest of the file, for"
                                + " example."));
    }

    private static Optional<EstResponse> empty(Exchange exchange) {
        return exchange.announcedBytes().orElse(1) == 0
                ? Optional.of(EstResponse.text(
                        EstOutcome.MALFORMED, "The job has no lines; post one line {\"csr\": ...} for each device."))
                : Optional.empty();
    }

    private static Optional<EstResponse> wrongType(Exchange exchange) {
        var type = exchange.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals(JobDocuments.LINES) && !exchange.isEncoded()
                ? Optional.empty()
                : Optional.of(EstResponse.text(
                        EstOutcome.WRONG_MEDIA_TYPE,
                        "A job is posted as Content-Type: " + JobDocuments.LINES + ", without Content-Encoding."));
    }

    /// Empty when it has been answered: there is no room.
    private Optional<JobUpload> upload(
            CertificateHolder requester, RegistrationAuthority authority, Exchange exchange) {
        if (!registry.complete()) {
            exchange.answer(JobService.unavailable("The list of jobs is still being read."));
            return Optional.empty();
        }
        var limited = authority.issuerKeySha256() + "/" + authority.name();
        var full = limits.begin(limited);
        if (full.isPresent()) {
            exchange.answer(JobService.unavailable(full.get()));
            return Optional.empty();
        }
        return Optional.of(new JobUpload(
                exchange, requester, log, queries, () -> limits.line(limited), clock, () -> limits.end(limited)));
    }
}
