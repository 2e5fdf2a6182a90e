package dev.evenroll.pki.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A certificate profile as somebody wrote it, not yet checked: see [Profile#validate].
///
/// @param name how requests and logs call it, in kebab case
/// @param validity ISO 8601 duration, for example `P365D`
/// @param backdate ISO 8601 duration by which notBefore precedes the issuance, for example `PT5M`
/// @param keyUsages names of RFC 5280 section 4.2.1.3, for example `digitalSignature`
/// @param extendedKeyUsages `clientAuth`, `serverAuth` or object identifiers; empty for charging stations
///     (OCPP 2.0.1 A00.FR.514)
/// @param crlDistributionPoint where the revocation list is, an http URL; absent when null
/// @param caIssuers where the issuing CA's certificate is, an http URL; absent when null
/// @param mlDsa whether ML-DSA keys (RFC 9881) are certified
public record ProfileConfig(
        String name,
        String validity,
        String backdate,
        List<String> keyUsages,
        List<String> extendedKeyUsages,
        @Nullable String crlDistributionPoint,
        @Nullable String caIssuers,
        boolean mlDsa) {
    public ProfileConfig {
        keyUsages = List.copyOf(keyUsages);
        extendedKeyUsages = List.copyOf(extendedKeyUsages);
    }
}
