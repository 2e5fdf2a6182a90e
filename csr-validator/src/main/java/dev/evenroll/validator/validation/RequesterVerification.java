package dev.evenroll.validator.validation;

import dev.evenroll.pki.path.PathResult;
import dev.evenroll.pki.path.TrustAnchors;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/// The verification of a requester's chain against the anchors that its operation needs.
///
/// @param manufacturers anchors of the manufacturers, each under the manufacturer's name: for simpleenroll
/// @param issuingCa the CA whose certificates may be renewed: for simplereenroll
record RequesterVerification(TrustAnchors manufacturers, TrustAnchors issuingCa) {

    private static final String FIELD = "requester certificate: ";

    Requester verify(EnrollmentOperation operation, List<X509Certificate> chain, Instant now) {
        return switch (operation) {
            case SIMPLE_ENROLL ->
                switch (manufacturers.verify(chain, now)) {
                    case PathResult.Trusted trusted ->
                        new Requester.Manufactured(chain.getFirst(), trusted.anchorName());
                    case PathResult.Untrusted(String reason) ->
                        untrusted(
                                reason, "enroll with the certificate of a manufacturer that this installation trusts");
                };
            case SIMPLE_REENROLL ->
                switch (issuingCa.verify(chain, now)) {
                    case PathResult.Trusted _ -> new Requester.Certified(chain.getFirst());
                    case PathResult.Untrusted(String reason) ->
                        untrusted(
                                reason, "renew with the device's present certificate, or enroll anew with its IDevID");
                };
            case UNRECOGNIZED ->
                new Requester.Untrusted("operation: is one that this version of csr-validator does not know; "
                        + "have it upgraded, or use simpleenroll or simplereenroll");
        };
    }

    private static Requester untrusted(String reason, String advice) {
        return new Requester.Untrusted(FIELD + reason + "; " + advice);
    }
}
