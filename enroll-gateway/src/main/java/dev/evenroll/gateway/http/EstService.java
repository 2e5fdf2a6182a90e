package dev.evenroll.gateway.http;

import dev.evenroll.gateway.authentication.Requester;
import dev.evenroll.gateway.authentication.TokenHolder;
import dev.evenroll.gateway.enrollment.Answer;
import dev.evenroll.gateway.enrollment.EnrollmentRequest;
import dev.evenroll.gateway.enrollment.Enrollments;
import dev.evenroll.gateway.enrollment.Operation;
import dev.evenroll.gateway.est.Base64Form;
import dev.evenroll.gateway.est.EstOperation;
import dev.evenroll.gateway.est.EstOutcome;
import dev.evenroll.gateway.est.EstResponse;
import dev.evenroll.gateway.est.EstTarget;
import dev.evenroll.gateway.est.SubmittedRequest;
import dev.evenroll.gateway.observation.Observation;
import dev.evenroll.gateway.observation.Observation.Kind;
import dev.evenroll.gateway.observation.Observations;
import dev.evenroll.pki.cms.CertsOnly;
import dev.evenroll.pki.identity.DeviceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The EST operations (RFC 7030): steps 1 and 6 of the enrollment cycle as a device sees them.
///
/// A request is judged in this order, and the first thing found wrong is the answer: path (404), method
/// (405), client certificate or one-time token (401, 403), how often the requester asks (429), media type (415),
/// size (413), content (400, 403), how often the device is asked for (429). Nothing that fails here reaches the
/// pipeline; what a SOC wants to know of it is reported.
public final class EstService {

    private final Door door;
    private final Enrollments enrollments;
    private final Observations observations;
    private final CaCertificates caCertificates;

    /// The operations behind a door.
    public EstService(Door door, Enrollments enrollments, Observations observations, CaCertificates caCertificates) {
        this.door = door;
        this.enrollments = enrollments;
        this.observations = observations;
        this.caCertificates = caCertificates;
    }

    /// Answers one request.
    void handle(EstTarget.Known target, Exchange exchange) {
        if (!target.operation().takes(exchange.method())) {
            exchange.answer(EstResponse.wrongMethod(target.operation()));
            return;
        }
        switch (target.operation()) {
            case EstOperation.CACERTS ->
                exchange.answer(EstResponse.certificates(caCertificates.certsOnly(), target.form()));
            case EstOperation.SIMPLEENROLL -> authenticate(Operation.SIMPLE_ENROLL, target.form(), exchange);
            case EstOperation.SIMPLEREENROLL -> authenticate(Operation.SIMPLE_REENROLL, target.form(), exchange);
        }
    }

    private void authenticate(Operation operation, Base64Form form, Exchange exchange) {
        switch (door.enter(operation, exchange)) {
            case Door.Entry.Open(var requester) -> receive(requester, operation, form, exchange);
            case Door.Entry.Shut shut -> refuse(exchange, shut.kind(), shut.subject(), shut.response());
        }
    }

    private void receive(Requester requester, Operation operation, Base64Form form, Exchange exchange) {
        if (!SubmittedRequest.isMediaType(exchange.contentType())) {
            malformed(
                    exchange,
                    requester,
                    EstOutcome.WRONG_MEDIA_TYPE,
                    "The media type of the request is not " + SubmittedRequest.MEDIA_TYPE
                            + "; send a PKCS#10 request with Content-Type: " + SubmittedRequest.MEDIA_TYPE + ".");
        } else if (exchange.announcedBytes().orElse(0) > SubmittedRequest.MAXIMUM_BYTES) {
            tooLarge(exchange, requester);
        } else {
            exchange.body(
                    SubmittedRequest.MAXIMUM_BYTES,
                    body -> submit(requester, operation, form, body, exchange),
                    () -> tooLarge(exchange, requester));
        }
    }

    private void tooLarge(Exchange exchange, Requester requester) {
        malformed(
                exchange,
                requester,
                EstOutcome.TOO_LARGE,
                "The request body is larger than " + SubmittedRequest.MAXIMUM_BYTES
                        + " bytes; send one PKCS#10 request in base64 and nothing else.");
    }

    private void submit(Requester requester, Operation operation, Base64Form form, byte[] body, Exchange exchange) {
        switch (SubmittedRequest.read(body)) {
            case SubmittedRequest.Malformed(var reason) -> malformed(exchange, requester, EstOutcome.MALFORMED, reason);
            case SubmittedRequest.WellFormed(var certificationRequest, var device) -> {
                var request = new EnrollmentRequest(
                        requester, operation, device, certificationRequest.der(), exchange.remoteAddress());
                if (requester instanceof TokenHolder holder && !holder.device().equals(device)) {
                    ofAnotherDevice(exchange, holder, device);
                } else {
                    door.count(requester, device, exchange)
                            .ifPresentOrElse(
                                    shut -> refuse(exchange, shut.kind(), shut.subject(), shut.response()),
                                    () -> enroll(request, form, exchange));
                }
            }
        }
    }

    private void ofAnotherDevice(Exchange exchange, TokenHolder holder, DeviceId device) {
        refuse(
                exchange,
                Optional.of(Kind.AUTHENTICATION_FAILED),
                holder.subject(),
                EstResponse.text(
                        EstOutcome.REFUSED,
                        "The one-time token was sent for the device " + holder.device()
                                + ", but the certification request names " + device
                                + " (CN). Send the id of the device as user, and as the CN of its request."));
    }

    private void enroll(EnrollmentRequest request, Base64Form form, Exchange exchange) {
        var _ = enrollments
                .enroll(request)
                .whenComplete((answer, failure) -> exchange.onEventLoop(() -> {
                    if (failure == null) {
                        exchange.answer(response(answer, form));
                    } else {
                        exchange.fault(failure);
                    }
                }));
    }

    private static EstResponse response(Answer answer, Base64Form form) {
        return switch (answer) {
            case Answer.Issued(var certificate) ->
                EstResponse.certificates(CertsOnly.encode(List.of(certificate)), form);
            case Answer.Refused(var findings) -> EstResponse.refused(findings);
            case Answer.Pending(var retryAfter) -> EstResponse.later(retryAfter);
            case Answer.Later() -> EstResponse.later();
            case Answer.Unavailable(var reason) -> EstResponse.unavailable(reason);
        };
    }

    private void malformed(Exchange exchange, Requester requester, EstOutcome outcome, String reason) {
        refuse(exchange, Optional.of(Kind.REQUEST_MALFORMED), requester.subject(), EstResponse.text(outcome, reason));
    }

    private void refuse(Exchange exchange, Optional<Kind> kind, String subject, EstResponse response) {
        // Before the answer: who has read the answer may look for the observation.
        kind.ifPresent(found -> observations.report(new Observation(
                found,
                subject,
                response.body().strip(),
                Map.of(
                        "remoteAddress",
                        exchange.remoteAddress(),
                        "outcome",
                        response.outcome().label()))));
        exchange.answer(
                response.outcome() == EstOutcome.UNAUTHENTICATED && !exchange.readsChallengeWithLength()
                        ? response.chunked()
                        : response);
    }
}
