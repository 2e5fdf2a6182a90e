package dev.evenroll.gateway.http;

import dev.evenroll.gateway.authentication.Authentication;
import dev.evenroll.gateway.authentication.AuthenticationResult;
import dev.evenroll.gateway.authentication.Requester;
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
import dev.evenroll.gateway.observation.Observations;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.cms.CertsOnly;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

/// The EST operations (RFC 7030): steps 1 and 6 of the enrollment cycle as a device sees them.
///
/// A request is judged in this order, and the first thing found wrong is the answer: path (404), method
/// (405), client certificate (401, 403), media type (415), size (413), content (400). Nothing that fails here
/// reaches the pipeline; what a SOC wants to know of it is reported.
public final class EstService {

    private final Authentication authentication;
    private final Enrollments enrollments;
    private final Observations observations;
    private final Der caCertificates;

    /// @param caChain the issuing CA first, its root last
    public EstService(
            Authentication authentication,
            Enrollments enrollments,
            Observations observations,
            List<X509Certificate> caChain) {
        this.authentication = authentication;
        this.enrollments = enrollments;
        this.observations = observations;
        this.caCertificates =
                CertsOnly.encode(caChain.stream().map(Certificates::der).toList());
    }

    /// Answers one request.
    void handle(EstTarget.Known target, Exchange exchange) {
        if (!target.operation().takes(exchange.method())) {
            exchange.answer(EstResponse.wrongMethod(target.operation()));
            return;
        }
        switch (target.operation()) {
            case EstOperation.CACERTS -> exchange.answer(EstResponse.certificates(caCertificates, target.form()));
            case EstOperation.SIMPLEENROLL -> authenticate(Operation.SIMPLE_ENROLL, target.form(), exchange);
            case EstOperation.SIMPLEREENROLL -> authenticate(Operation.SIMPLE_REENROLL, target.form(), exchange);
        }
    }

    private void authenticate(Operation operation, Base64Form form, Exchange exchange) {
        switch (authentication.authenticate(exchange.clientCertificates())) {
            case AuthenticationResult.Authenticated(var requester) -> receive(requester, operation, form, exchange);
            case AuthenticationResult.Anonymous() ->
                refuse(
                        exchange,
                        Observation.Kind.AUTHENTICATION_FAILED,
                        exchange.remoteAddress(),
                        EstResponse.unauthenticated("No client certificate was presented. Connect with TLS client"
                                + " authentication: with the manufacturer's certificate of the device (IDevID) for"
                                + " simpleenroll, with its present certificate for simplereenroll."));
            case AuthenticationResult.Untrusted(var subject, var reason) ->
                refuse(
                        exchange,
                        Observation.Kind.AUTHENTICATION_FAILED,
                        subject,
                        EstResponse.unauthenticated("The client certificate is not accepted: " + reason
                                + ". Present a valid certificate of a manufacturer that is trusted here, or the"
                                + " device's present certificate."));
            case AuthenticationResult.Revoked(var subject, var certificateId) ->
                refuse(
                        exchange,
                        Observation.Kind.REVOKED_CERTIFICATE_PRESENTED,
                        subject,
                        EstResponse.text(
                                EstOutcome.REVOKED,
                                "The client certificate " + certificateId
                                        + " has been revoked. Ask the operator of the charging station."));
            case AuthenticationResult.Undecided(var reason) -> exchange.answer(EstResponse.unavailable(reason));
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
        }
    }

    private static EstResponse response(Answer answer, Base64Form form) {
        return switch (answer) {
            case Answer.Issued(var certificate) ->
                EstResponse.certificates(CertsOnly.encode(List.of(certificate)), form);
            case Answer.Refused(var findings) -> EstResponse.refused(findings);
            case Answer.Later() -> EstResponse.later();
            case Answer.Unavailable(var reason) -> EstResponse.unavailable(reason);
        };
    }

    private void malformed(Exchange exchange, Requester requester, EstOutcome outcome, String reason) {
        refuse(exchange, Observation.Kind.REQUEST_MALFORMED, requester.subject(), EstResponse.text(outcome, reason));
    }

    private void refuse(Exchange exchange, Observation.Kind kind, String subject, EstResponse response) {
        // Before the answer: who has read the answer may look for the observation.
        observations.report(new Observation(
                kind,
                subject,
                response.body().strip(),
                Map.of(
                        "remoteAddress",
                        exchange.remoteAddress(),
                        "outcome",
                        response.outcome().label())));
        exchange.answer(response);
    }
}
