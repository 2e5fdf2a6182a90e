package dev.evenroll.issuer.crl;

import dev.evenroll.hsm.key.SigningFaultException;
import dev.evenroll.issuer.authority.Authorities;
import dev.evenroll.issuer.authority.Authority;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.crl.CrlAssembly;
import dev.evenroll.pki.crl.CrlKind;
import dev.evenroll.pki.crl.CrlLinter;
import dev.evenroll.pki.crl.PreparedCrl;
import dev.evenroll.pki.crl.ShardAddresses;
import dev.evenroll.pki.identity.ShardOfSerial;
import dev.evenroll.pki.issuance.WrongSignatureException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Admits a prepared revocation list and signs it.
///
/// The list comes from revocation-service, which knows what is revoked; that it is well-formed, of a CA of this
/// issuer and newer than the last one is decided here.
public final class CrlIssuer {

    /// A list that claims to be good for longer would let a client that keeps it miss revocations for as long.
    static final Duration LONGEST_LIFETIME = Duration.ofDays(32);

    /// By so much a number may rise at once. Numbers rise by one; the last one of all would let no list follow, ever.
    static final long HIGHEST_RISE = 1L << 32;

    private final Authorities authorities;
    private final ShardAddresses addresses;
    private final InstantSource clock;

    /// @param addresses how the certificates of the profiles here name the lists
    public CrlIssuer(Authorities authorities, ShardAddresses addresses, InstantSource clock) {
        this.authorities = authorities;
        this.addresses = addresses;
        this.clock = clock;
    }

    /// Checks that its CA is one of those here, that it passes the linter, agrees with its record, and continues the
    /// numbers of its shard.
    ///
    /// @param lastSigned cRLNumber of the last list of this shard that was signed; empty when none was
    public CrlAdmission admit(CrlCandidate candidate, OptionalLong lastSigned) {
        var authority = authorities.ofKeyId(candidate.issuerKeyId());
        if (authority.isEmpty()) {
            return new CrlAdmission.Rejected(List.of(new Failure(
                    "issuer-key-id",
                    "issuerKeyId: " + candidate.issuerKeyId() + " is none of the CAs here, " + authorities.names()
                            + "; send it to the issuer of that CA.")));
        }
        return admit(authority.get(), candidate, lastSigned);
    }

    private CrlAdmission admit(Authority authority, CrlCandidate candidate, OptionalLong lastSigned) {
        var failures = new ArrayList<Failure>();
        if (candidate.shard() < 0 || candidate.shard() >= ShardOfSerial.MOST_SHARDS) {
            failures.add(new Failure(
                    "shard",
                    "shard: " + candidate.shard() + " is not between 0 and " + (ShardOfSerial.MOST_SHARDS - 1)
                            + "; find out who wrote the record."));
        }
        failures.addAll(CrlLinter.lint(candidate.tbsCertList(), authority.certificate(), clock.instant()));
        if (!failures.isEmpty()) {
            return new CrlAdmission.Rejected(failures);
        }
        try {
            return admit(authority, candidate, PreparedCrl.read(candidate.tbsCertList()), lastSigned);
        } catch (MalformedException e) {
            return new CrlAdmission.Rejected(List.of(new Failure("tbs-cert-list", String.valueOf(e.getMessage()))));
        }
    }

    private CrlAdmission admit(
            Authority authority, CrlCandidate candidate, PreparedCrl inside, OptionalLong lastSigned) {
        var failures = new ArrayList<Failure>();
        if (!inside.number().equals(BigInteger.valueOf(candidate.crlNumber()))) {
            failures.add(new Failure(
                    "crl-number",
                    "cRLNumber: the record says " + candidate.crlNumber() + ", the list inside " + inside.number()
                            + "; find out who wrote the record."));
        }
        checkScope(candidate, inside, failures);
        if (lastSigned.isPresent() && candidate.crlNumber() <= lastSigned.getAsLong()) {
            failures.add(new Failure(
                    "crl-number",
                    "cRLNumber: " + candidate.crlNumber() + " is not above " + lastSigned.getAsLong()
                            + ", the last one signed for shard " + candidate.shard()
                            + "; numbers must rise (RFC 5280 section 5.2.3), so prepare the list with a higher one."));
        }
        if (candidate.crlNumber() - lastSigned.orElse(0) > HIGHEST_RISE) {
            failures.add(new Failure(
                    "crl-number",
                    "cRLNumber: " + candidate.crlNumber() + " is more than " + HIGHEST_RISE + " above "
                            + lastSigned.orElse(0) + ", the last one signed for shard " + candidate.shard()
                            + ", and numbers rise by one; find out who wrote the record."));
        }
        if (Duration.between(inside.thisUpdate(), inside.nextUpdate()).compareTo(LONGEST_LIFETIME) > 0) {
            failures.add(new Failure(
                    "update-times",
                    "nextUpdate: " + inside.nextUpdate() + " lies more than " + LONGEST_LIFETIME.toDays()
                            + " days after thisUpdate " + inside.thisUpdate() + "; shorten the lifetime of the list."));
        }
        if (!failures.isEmpty()) {
            return new CrlAdmission.Rejected(failures);
        }
        if (!clock.instant().isBefore(inside.nextUpdate())) {
            return new CrlAdmission.Stale("The list was to be replaced on " + inside.nextUpdate()
                    + " and was not signed in time; revocation-service prepares the next one by itself.");
        }
        return authorities
                .outOfService(authority)
                .<CrlAdmission>map(CrlAdmission.Stale::new)
                .orElseGet(() -> new CrlAdmission.Admitted(authority, candidate.tbsCertList()));
    }

    /// That the list names itself as certificates do: relying parties would not count another one for them (RFC 5280
    /// section 6.3.3), and one that is wider than its shard could take back what the others say.
    private void checkScope(CrlCandidate candidate, PreparedCrl inside, List<Failure> failures) {
        var expected = addresses.of(candidate.issuerKeyId(), candidate.shard());
        if (!inside.addresses().equals(expected)) {
            failures.add(new Failure(
                    "issuing-distribution-point",
                    "issuingDistributionPoint: is " + inside.addresses() + ", but certificates name shard "
                            + candidate.shard() + " " + expected
                            + "; give issuer and revocation-service the same evenroll.profiles and"
                            + " evenroll.ca.crl-url, and start both anew."));
        }
        var delta = addresses.delta(candidate.issuerKeyId(), candidate.shard());
        var agrees = switch (inside.kind()) {
            case CrlKind.Delta(long base) -> candidate.base().equals(OptionalLong.of(base));
            case CrlKind.Complete(var freshest) ->
                candidate.base().isEmpty() && (freshest == null || delta.equals(Optional.of(freshest)));
        };
        if (!agrees) {
            failures.add(new Failure(
                    "scope",
                    "deltaCRLIndicator, freshestCRL: the list inside is " + inside.kind() + ", the record says base "
                            + candidate.base() + " and the delta list is at " + delta.orElse("no address")
                            + "; find out who wrote the record."));
        }
    }

    /// Signs what was admitted, and verifies the signature before the list leaves.
    ///
    /// @return the CertificateList, DER (RFC 5280 section 5.1)
    /// @throws SigningFaultException when no signature could be made, or when it does not verify
    public Der issue(CrlAdmission.Admitted admitted) throws SigningFaultException {
        var key = admitted.authority().key();
        byte[] signature = key.sign(admitted.tbsCertList().bytes());
        try {
            return CrlAssembly.assemble(
                    admitted.tbsCertList(),
                    key.scheme(),
                    signature,
                    admitted.authority().certificate());
        } catch (WrongSignatureException e) {
            throw new SigningFaultException(
                    "The " + key.description() + " returned a wrong signature: " + e.getMessage() + ".", e);
        }
    }
}
