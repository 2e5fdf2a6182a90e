package dev.evenroll.validator.enrollment;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.identity.CertificateId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An enrollment that has been accepted: in flight until the key claim and the CA have had their say,
/// then issued.
///
/// | state | the same request again | certificate issued | key claim or CA refuses | certificate revoked |
/// |---|---|---|---|---|
/// | (none) | judged: [InFlight], or refused | [Issued] | ignored | ignored |
/// | [InFlight] | [InFlight], waited for by one more | [Issued] | (none) | ignored |
/// | [Issued] | answered at once | [Issued], the newer one | ignored | (none) |
///
/// A certificate that is known to be revoked when its issuance is read leads to (none): the two come on
/// different topics, in any order.
///
/// Whoever ends an enrollment in flight answers the partition that asked first; the further ones are
/// answered here. A refusal is not remembered, because facts change: the same request is judged anew.
public sealed interface Enrollment {

    /// Accepted by the rules, no outcome yet.
    ///
    /// @param acceptedAt when the rules accepted it
    /// @param replyPartitions partitions of enrollment.outcome that wait, each once; the first one is
    ///     answered by whoever ends the enrollment
    record InFlight(Instant acceptedAt, List<Integer> replyPartitions) implements Enrollment {

        public InFlight {
            replyPartitions = List.copyOf(replyPartitions);
            if (replyPartitions.isEmpty()) {
                throw new IllegalArgumentException(
                        "reply partitions: are empty; an enrollment is asked for by somebody");
            }
        }

        public static InFlight of(Instant acceptedAt, int replyPartition) {
            return new InFlight(acceptedAt, List.of(replyPartition));
        }

        /// The same enrollment, waited for by one more partition.
        public InFlight joinedBy(int replyPartition) {
            if (replyPartitions.contains(replyPartition)) {
                return this;
            }
            var more = new ArrayList<>(replyPartitions);
            more.add(replyPartition);
            return new InFlight(acceptedAt, more);
        }

        /// The partitions that nobody answers but this service.
        public List<Integer> furtherPartitions() {
            return replyPartitions.subList(1, replyPartitions.size());
        }
    }

    /// Ended with a certificate.
    ///
    /// @param certificate the certificate, RFC 5280 section 4.1
    /// @param notAfter end of its validity; the enrollment is forgotten after it
    record Issued(Der certificate, Instant notAfter) implements Enrollment {

        public boolean expired(Instant now) {
            return now.isAfter(notAfter);
        }

        /// Whether it ended with this certificate.
        public boolean endedWith(CertificateId id) {
            try {
                return CertificateId.find(Certificates.decode(certificate)).equals(Optional.of(id));
            } catch (MalformedException e) {
                throw new IllegalStateException("an enrollment ended with something that is no certificate", e);
            }
        }
    }
}
