package dev.evenroll.pki.profile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A certificate profile as somebody wrote it, not yet checked: see [Profile#validate].
///
/// @param name how requests and logs call it, in kebab case
/// @param experimental whether whoever wrote it knows that not every reader of certificates knows its keys
/// @param subject what the subject consists of
/// @param keys names of [KeyKind]s that are certified, for example `secp256r1`
/// @param keyUsages names of RFC 5280 section 4.2.1.3, for example `digitalSignature`
/// @param extendedKeyUsages `clientAuth`, `serverAuth`, `cmcRA`, `ocspSigning` or object identifiers; empty for
///     charging stations (OCPP 2.0.1 A00.FR.514)
/// @param life from when to when a certificate is valid
/// @param addresses where its status and its issuer are found
/// @param policies object identifiers of certificate policies (RFC 5280 section 4.2.1.4)
/// @param assignedBy names of the [Assigner]s; empty for the usual ones
/// @param renewal how certificates follow one another
/// @param ocspNocheck whether nobody shall ask for its status (RFC 6960 section 4.2.2.2.1)
public record ProfileConfig(
        String name,
        boolean experimental,
        Subject subject,
        List<String> keys,
        List<String> keyUsages,
        List<String> extendedKeyUsages,
        Life life,
        Addresses addresses,
        Policies policies,
        List<String> assignedBy,
        Renewal renewal,
        boolean ocspNocheck) {
    public ProfileConfig {
        keys = List.copyOf(keys);
        keyUsages = List.copyOf(keyUsages);
        extendedKeyUsages = List.copyOf(extendedKeyUsages);
        assignedBy = List.copyOf(assignedBy);
    }

    /// The subject.
    ///
    /// @param commonName `serialNumber`, `seccId` or `fqdn`
    /// @param organization `owner` or `none`
    /// @param domainComponents fixed DCs
    public record Subject(String commonName, String organization, List<String> domainComponents) {
        public Subject {
            domainComponents = List.copyOf(domainComponents);
        }
    }

    /// Durations, ISO 8601.
    ///
    /// @param validity from notBefore to notAfter, for example `P365D`
    /// @param backdate by which notBefore precedes the issuance, for example `PT5M`
    /// @param jitter by which notAfter is taken back at most, for example `P7D`
    public record Life(String validity, String backdate, String jitter) {}

    /// http URLs; absent when null. Each may hold `{issuer}`, the first one `{shard}`.
    ///
    /// @param crlDistributionPoint where the revocation list is
    /// @param shards how many revocation lists the CA has
    /// @param caIssuers where the issuing CA's certificate is
    /// @param ocsp where an OCSP responder answers
    public record Addresses(
            @Nullable String crlDistributionPoint,
            int shards,
            @Nullable String caIssuers,
            @Nullable String ocsp) {}

    /// Object identifiers of policies.
    ///
    /// @param byEnvironment of `test`, `staging`, `production`
    /// @param byAssurance of `softwareKey`, `attestedKey`
    public record Policies(Map<String, String> byEnvironment, Map<String, String> byAssurance) {
        /// No policies.
        public static final Policies NONE = new Policies(Map.of(), Map.of());

        public Policies {
            byEnvironment = Map.copyOf(byEnvironment);
            byAssurance = Map.copyOf(byAssurance);
        }
    }

    /// When certificates are renewed, and how long the former ones stay; the usual where null.
    ///
    /// @param dueAfterPercent whole number
    /// @param jitterPercent whole number
    /// @param overdueAfterPercent whole number
    /// @param grace duration, ISO 8601
    /// @param unseenAfter duration, ISO 8601
    public record Renewal(
            @Nullable Integer dueAfterPercent,
            @Nullable Integer jitterPercent,
            @Nullable Integer overdueAfterPercent,
            @Nullable String grace,
            @Nullable String unseenAfter) {
        /// As usual.
        public static final Renewal USUAL = new Renewal(null, null, null, null, null);
    }
}
