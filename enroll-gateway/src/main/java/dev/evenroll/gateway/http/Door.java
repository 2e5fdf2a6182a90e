package dev.evenroll.gateway.http;

import dev.evenroll.gateway.authentication.Authentication;
import dev.evenroll.gateway.authentication.AuthenticationResult;
import dev.evenroll.gateway.authentication.CertificateHolder;
import dev.evenroll.gateway.authentication.PresentedCredentials;
import dev.evenroll.gateway.authentication.Requester;
import dev.evenroll.gateway.authentication.TokenHolder;
import dev.evenroll.gateway.enrollment.Operation;
import dev.evenroll.gateway.est.EstOutcome;
import dev.evenroll.gateway.est.EstResponse;
import dev.evenroll.gateway.limit.Excess;
import dev.evenroll.gateway.limit.RateLimits;
import dev.evenroll.gateway.observation.Observation.Kind;
import dev.evenroll.pki.identity.DeviceId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/// Decides who may bring an EST request: by certificate, by one-time token, and how often.
///
/// A token that is sent is what counts, so no certificate that the client happens to show hinders it; but for one
/// that was revoked: whoever holds it is not let in by another way.
public final class Door {

    /// What the door says.
    sealed interface Entry {

        /// Come in.
        record Open(Requester requester) implements Entry {}

        /// Stay outside.
        ///
        /// @param kind what to report it as; empty when there is nothing to report
        /// @param subject whom it is about
        record Shut(Optional<Kind> kind, String subject, EstResponse response) implements Entry {}
    }

    private final Authentication authentication;
    private final RateLimits limits;

    public Door(Authentication authentication, RateLimits limits) {
        this.authentication = authentication;
        this.limits = limits;
    }

    /// Who asks, if they may ask for this operation now.
    Entry enter(Operation operation, Exchange exchange) {
        var entry = identify(operation, exchange);
        var address = exchange.remoteAddress();
        return switch (entry) {
            case Entry.Open(var requester) ->
                limits.count(requester, address)
                        .<Entry>map(excess -> limited(requester.subject(), excess))
                        .orElse(entry);
            // Whoever is not let in may not ask all day either.
            case Entry.Shut _ ->
                limits.count(address)
                        .<Entry>map(excess -> limited(address, excess))
                        .orElse(entry);
        };
    }

    /// Who brings or reads a bulk job: a registration authority only.
    Entry enterJobs(Exchange exchange) {
        return switch (authentication.authenticate(exchange.clientCertificates())) {
            case AuthenticationResult.Authenticated(var holder)
            when holder.credential() == CertificateHolder.Credential.REGISTRATION_AUTHORITY -> new Entry.Open(holder);
            case AuthenticationResult.Authenticated(var holder) -> noAuthority(holder.subject(), exchange);
            case AuthenticationResult.Expired(var requester, var since) ->
                outside(requester.subject(), "The client certificate is not accepted: " + since(since) + ".", exchange);
            case AuthenticationResult.Anonymous() -> noAuthority(exchange.remoteAddress(), exchange);
            case AuthenticationResult.Untrusted(var subject, var reason) ->
                outside(subject, "The client certificate is not accepted: " + reason + ".", exchange);
            case AuthenticationResult.Revoked revoked -> revoked(revoked);
            case AuthenticationResult.Undecided undecided -> undecided(undecided);
        };
    }

    private Entry noAuthority(String subject, Exchange exchange) {
        return outside(
                subject,
                "Jobs are for registration authorities; connect with a certificate for id-kp-cmcRA (RFC 6402 section"
                        + " 2.10) that is trusted here.",
                exchange);
    }

    private Entry outside(String subject, String text, Exchange exchange) {
        return limits.count(exchange.remoteAddress())
                .<Entry>map(excess -> limited(exchange.remoteAddress(), excess))
                .orElseGet(() -> new Entry.Shut(
                        Optional.of(Kind.AUTHENTICATION_FAILED), subject, EstResponse.text(EstOutcome.REFUSED, text)));
    }

    /// Whether a requester that came in may ask for a device now.
    Optional<Entry.Shut> count(Requester requester, DeviceId device, Exchange exchange) {
        return limits.count(requester, device, exchange.remoteAddress()).map(excess -> limited(device.value(), excess));
    }

    private static Entry.Shut limited(String subject, Excess excess) {
        return new Entry.Shut(Optional.of(Kind.RATE_LIMITED), subject, EstResponse.rateLimited(excess));
    }

    private Entry identify(Operation operation, Exchange exchange) {
        return switch (PresentedCredentials.read(exchange.authorizations())) {
            case PresentedCredentials.None() -> byCertificate(operation, exchange);
            case PresentedCredentials.Unusable(var reason) ->
                new Entry.Shut(
                        Optional.of(Kind.AUTHENTICATION_FAILED),
                        exchange.remoteAddress(),
                        EstResponse.unauthenticated(reason));
            case PresentedCredentials.Token(var holder) ->
                switch (operation) {
                    case SIMPLE_ENROLL -> byToken(holder, exchange);
                    case SIMPLE_REENROLL ->
                        new Entry.Shut(
                                Optional.of(Kind.AUTHENTICATION_FAILED),
                                exchange.remoteAddress(),
                                EstResponse.text(
                                        EstOutcome.REFUSED,
                                        "A one-time token is for simpleenroll only. For simplereenroll connect with the"
                                                + " device's present certificate and send no Authorization."));
                };
        };
    }

    private Entry byToken(TokenHolder holder, Exchange exchange) {
        return switch (authentication.authenticate(exchange.clientCertificates())) {
            case AuthenticationResult.Revoked revoked -> revoked(revoked);
            case AuthenticationResult.Undecided undecided -> undecided(undecided);
            case AuthenticationResult.Anonymous _,
                    AuthenticationResult.Authenticated _,
                    AuthenticationResult.Expired _,
                    AuthenticationResult.Untrusted _ -> new Entry.Open(holder);
        };
    }

    private Entry byCertificate(Operation operation, Exchange exchange) {
        return switch (authentication.authenticate(exchange.clientCertificates())) {
            case AuthenticationResult.Authenticated(var requester) -> new Entry.Open(requester);
            case AuthenticationResult.Expired expired -> expired(expired, operation);
            case AuthenticationResult.Anonymous() -> unauthenticated(exchange.remoteAddress(), """
                    No client certificate was presented, and no one-time token. Connect with TLS client authentication: \
                    with the manufacturer's certificate of the device (IDevID) for simpleenroll, with its present \
                    certificate for simplereenroll. Or send, for simpleenroll, the device id as user and an installer's \
                    one-time token as password (HTTP Basic).""");
            case AuthenticationResult.Untrusted(var subject, var reason) ->
                unauthenticated(
                        subject,
                        "The client certificate is not accepted: " + reason
                                + ". Present a valid certificate of a manufacturer or a registration authority that is"
                                + " trusted here, or the device's present certificate.");
            case AuthenticationResult.Revoked revoked -> revoked(revoked);
            case AuthenticationResult.Undecided undecided -> undecided(undecided);
        };
    }

    private static Entry expired(AuthenticationResult.Expired expired, Operation operation) {
        return switch (operation) {
            case SIMPLE_REENROLL -> new Entry.Open(expired.requester());
            case SIMPLE_ENROLL ->
                unauthenticated(
                        expired.requester().subject(),
                        "The client certificate is not accepted: " + since(expired.since())
                                + ". Ask with it for the next one (simplereenroll), or present the manufacturer's"
                                + " certificate of the device.");
        };
    }

    private static String since(Instant expiry) {
        return "it expired on " + LocalDate.ofInstant(expiry, ZoneOffset.UTC);
    }

    private static Entry unauthenticated(String subject, String text) {
        return new Entry.Shut(Optional.of(Kind.AUTHENTICATION_FAILED), subject, EstResponse.unauthenticated(text));
    }

    private static Entry revoked(AuthenticationResult.Revoked revoked) {
        return new Entry.Shut(
                Optional.of(Kind.REVOKED_CERTIFICATE_PRESENTED),
                revoked.subject(),
                EstResponse.text(
                        EstOutcome.REVOKED,
                        "The client certificate " + revoked.certificateId()
                                + " has been revoked. Ask the operator of the charging station."));
    }

    private static Entry undecided(AuthenticationResult.Undecided undecided) {
        return new Entry.Shut(Optional.empty(), "", EstResponse.unavailable(undecided.reason()));
    }
}
