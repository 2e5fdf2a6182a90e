package dev.evenroll.validator.enrollment;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.identity.CertificateId;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An enrollment that has been accepted: in flight until the quota, the key claim and the CA have had their
/// say, then issued.
///
/// | state | the same request again | certificate issued | quota, key claim or CA refuses | certificate revoked |
/// |---|---|---|---|---|
/// | (none) | judged: [InFlight], waiting for a person ([Approval]), or refused | no use (1) | ignored | ignored |
/// | [InFlight] | [InFlight], waited for by one more | [Issued], outdated (none) (2) | (none) (3) | ignored |
/// | [Issued] | answered at once | [Issued]; another one no use (1) | ignored | (none) |
///
/// - (1) Nobody gets it here, a person is told to revoke it, and it is remembered as one of the device's.
/// - (2) Of whichever acceptance of this life of the device: the first certificate that comes is the enrollment's.
/// - (3) Of this very acceptance: that of one before, which nobody had answered in time, ends nothing.
///
/// In every state the same request is refused, and nothing else changes, while the device is suspended or
/// decommissioned, or the registration authority that asks does not speak for it. With another owner, and
/// at the end of the device's life and the begin of the next one, [Issued] becomes (none), and [InFlight] is
/// outdated: what is issued for what the device was before leads to (none). The certificates are remembered as
/// those of a former life.
///
/// A certificate that is known to be revoked when its issuance is read leads to (none): the two come on
/// different topics, in any order.
///
/// Nobody is waited for without end: [InFlight] that nobody has ended in time is lost. The same request is judged
/// anew then, unless it is outdated; and when the device gets on with another one, it becomes (none).
///
/// Whoever ends an enrollment in flight answers the partition that asked first; everybody else is
/// answered here. A refusal is not remembered, because facts change: the same request is judged anew.
public sealed interface Enrollment {

    /// No certificate comes later: what the CA has not taken up it can read for 30 days, what it has prepared for 400
    /// (retention of enrollment.authorized and certificate.prepared).
    Duration LATEST_CERTIFICATE = Duration.ofDays(430);

    /// Whether it has led, or may lead, to a certificate that the device uses.
    ///
    /// @param usedNotBefore start of validity of the newest certificate that the device has used, which has retired
    ///     those before it; null when it has used none
    /// @param inFlightLimit so long after its acceptance an enrollment in flight is lost
    boolean mayBeInUse(@Nullable Instant usedNotBefore, Instant now, Duration inFlightLimit);

    /// Accepted by the rules, no outcome yet.
    ///
    /// @param acceptedAt when the rules accepted it
    /// @param firstPartition partition of enrollment.outcome that whoever ends the enrollment answers;
    ///     [Audience#NOBODY] when the request that was accepted had none
    /// @param others everybody else, whom nobody answers but this service
    /// @param outdated whether the device has begun anew since
    record InFlight(Instant acceptedAt, int firstPartition, Audience others, boolean outdated) implements Enrollment {

        /// The same enrollment, waited for by one more.
        ///
        /// @param partition a partition, or [Audience#NOBODY]
        public InFlight joinedBy(int partition, @Nullable JobLine jobLine) {
            var joined = others.with(partition == firstPartition ? Audience.NOBODY : partition)
                    .with(jobLine);
            return joined.equals(others) ? this : new InFlight(acceptedAt, firstPartition, joined, outdated);
        }

        @Override
        public boolean mayBeInUse(@Nullable Instant usedNotBefore, Instant now, Duration inFlightLimit) {
            return !outdated && !isLost(now, inFlightLimit);
        }

        /// Everybody who waits, and has not been answered with what ends it.
        ///
        /// @param answered the partition that has, or [Audience#NOBODY]
        public Audience unanswered(int answered) {
            return firstPartition == answered ? others : others.with(firstPartition);
        }

        /// The same enrollment, after those whom nobody answers but this service have been answered.
        public InFlight answered() {
            return new InFlight(acceptedAt, firstPartition, Audience.NONE, outdated);
        }

        /// Whether it is this acceptance of the enrollment, and not one before, which nobody had answered in time.
        ///
        /// @param acceptance when that one was accepted; null when an earlier version has not said: it
        ///     is taken for this one
        public boolean isOf(@Nullable Instant acceptance) {
            return acceptance == null || acceptance.equals(acceptedAt);
        }

        /// Whether nobody has ended it in time.
        ///
        /// @param limit so long after its acceptance it is lost
        public boolean isLost(Instant now, Duration limit) {
            return !now.isBefore(acceptedAt.plus(limit));
        }

        /// Whether it need not be known any more. An outdated one is, as long as a certificate may come of it: that
        /// would be taken for one of the present life.
        public boolean isForgotten(Instant now, Duration limit) {
            return isLost(now, outdated ? LATEST_CERTIFICATE : limit);
        }

        /// The same enrollment of a device that has begun anew.
        public InFlight outdate() {
            return new InFlight(acceptedAt, firstPartition, others, true);
        }
    }

    /// Ended with a certificate.
    ///
    /// @param certificate the certificate, RFC 5280 section 4.1
    /// @param notAfter end of its validity; the enrollment is judged anew after it
    record Issued(Der certificate, Instant notAfter) implements Enrollment {

        public boolean expired(Instant now) {
            return now.isAfter(notAfter);
        }

        @Override
        public boolean mayBeInUse(@Nullable Instant usedNotBefore, Instant now, Duration inFlightLimit) {
            return !expired(now)
                    && (usedNotBefore == null
                            || !decoded().getNotBefore().toInstant().isBefore(usedNotBefore));
        }

        /// The name of the certificate.
        public CertificateId certificateId() {
            return CertificateId.of(decoded());
        }

        private X509Certificate decoded() {
            try {
                return Certificates.decode(certificate);
            } catch (MalformedException e) {
                throw new IllegalStateException("an enrollment ended with something that is no certificate", e);
            }
        }
    }

    /// One that has been accepted just now.
    ///
    /// @param firstPartition a partition, or [Audience#NOBODY]
    static InFlight accepted(Instant now, int firstPartition, List<JobLine> jobLines) {
        return new InFlight(now, firstPartition, new Audience(List.of(), jobLines), false);
    }
}
