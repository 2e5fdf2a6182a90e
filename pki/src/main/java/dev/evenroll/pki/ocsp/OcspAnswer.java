package dev.evenroll.pki.ocsp;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a responder says (OCSPResponse, RFC 6960 section 4.2), as its client reads it.
public sealed interface OcspAnswer {
    /// In bytes: twenty certificates, and some of the responder's.
    int LONGEST = 64 * 1024;

    /// Reads an answer, whose signature is still to be verified ([Signed#problems]).
    ///
    /// @param der what came from the responder, of any length
    /// @throws MalformedException when it is anything but a basic answer of version 1 in DER that names its
    ///     responder by its key and says for each certificate until when; or an error that RFC 6960 does not know
    static OcspAnswer read(byte[] der) throws MalformedException {
        return OcspAnswerReader.read(der);
    }

    /// There is no answer. Nobody has signed that, so it proves nothing.
    record Refused(OcspError error) implements OcspAnswer {}

    /// There is one.
    ///
    /// @param singles at least one
    /// @param nonce that of the request, where the responder repeats it
    /// @param signature by the responder over all of it
    record Signed(List<OcspSingle> singles, Optional<OcspNonce> nonce, Instant producedAt, OcspSignature signature)
            implements OcspAnswer {
        /// The clock of the responder may be ahead.
        private static final Duration TOLERANCE = Duration.ofMinutes(5);

        public Signed {
            singles = List.copyOf(singles);
            if (singles.isEmpty()) {
                throw new IllegalArgumentException("responses: are none; an answer says something of a certificate");
            }
        }

        /// Whether it is the answer to a request: it says something of every certificate, and repeats the nonce where
        /// there was one.
        public boolean answers(OcspRequest request) {
            return singles.stream().map(OcspSingle::certificate).toList().containsAll(request.certificates())
                    && (request.nonce().isEmpty() || request.nonce().equals(nonce));
        }

        /// Why the answer must not be believed; empty when it may be.
        ///
        /// @param issuer the CA whose certificates were asked about
        /// @param at now
        public List<Failure> problems(IssuingCertificate issuer, Instant at) {
            var problems = new ArrayList<>(signature.problems(issuer, at));
            for (OcspSingle single : singles) {
                String named =
                        "certificate " + single.certificate().serialNumber().toString(16) + ": ";
                if (!single.certificate().isOf(issuer)) {
                    problems.add(new Failure(
                            "ocsp-issuer", named + "is not one of the CA that the responder answers for; ask another"));
                }
                if (single.thisUpdate().isAfter(at.plus(TOLERANCE))) {
                    problems.add(new Failure(
                            "ocsp-not-yet",
                            named + "its status holds from " + single.thisUpdate() + "; check the clocks"));
                }
                if (single.nextUpdate().isBefore(at)) {
                    problems.add(new Failure(
                            "ocsp-outdated", named + "its status held until " + single.nextUpdate() + "; ask again"));
                }
            }
            return List.copyOf(problems);
        }
    }
}
