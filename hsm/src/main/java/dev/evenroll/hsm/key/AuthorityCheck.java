package dev.evenroll.hsm.key;

import dev.evenroll.pki.issuance.IssuingCertificate;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;

/// The question whether this CA may issue now, answered in sentences.
public final class AuthorityCheck {

    private final IssuingKey key;
    private final IssuingCertificate certificate;
    private final InstantSource clock;

    public AuthorityCheck(IssuingKey key, IssuingCertificate certificate, InstantSource clock) {
        this.key = key;
        this.certificate = certificate;
        this.clock = clock;
    }

    /// What is wrong with the validity of the CA's certificate, or of one above it; empty when nothing is. Costs
    /// nothing.
    public Optional<String> validityProblem() {
        return certificate.chain().stream().flatMap(this::validityProblem).findFirst();
    }

    private Stream<String> validityProblem(X509Certificate link) {
        var now = clock.instant();
        var name = link.getSubjectX500Principal().getName();
        if (now.isBefore(link.getNotBefore().toInstant())) {
            return Stream.of("The CA certificate " + name + " is not valid before "
                    + link.getNotBefore().toInstant() + "; check the clock of this machine.");
        }
        if (now.isAfter(link.getNotAfter().toInstant())) {
            return Stream.of("The CA certificate " + name + " has expired on "
                    + link.getNotAfter().toInstant()
                    + "; make the next CA with `evenroll ca rollover` (docs/CEREMONY.md).");
        }
        return Stream.empty();
    }

    /// Why the key does not sign for this certificate; empty when a test signature has just verified.
    public Optional<String> proofProblem() {
        try {
            key.prove(certificate);
            return Optional.empty();
        } catch (SigningFaultException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
