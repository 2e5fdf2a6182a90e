package dev.evenroll.revocation.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.crl.CrlAddresses;
import dev.evenroll.revocation.inventory.InventoryQuery;
import dev.evenroll.revocation.life.CertificateLife;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A certificate of the inventory as JSON.
///
/// @param certificateId issuer key id, `-`, serial number
/// @param issuer subject of the CA that issued it (RFC 4514)
/// @param serialNumber lower-case hexadecimal digits
/// @param state `issued`, `installed`, `superseded`, `on-hold`, `revoked` or `expired`
/// @param profile name of its profile; empty of a certificate that an earlier version entered
/// @param issuedAt when it was signed
/// @param installedAt when its device was first seen with it; null before
/// @param supersededAt when it was retired for a later one; null before
/// @param heldAt since when it is on hold; null unless it is
/// @param revokedAt null unless revoked
/// @param reason by its name in RFC 5280 section 5.3.1; null unless revoked
/// @param crlUrl where the revocation is published within seconds; only of a revoked certificate that names
///     an address
/// @param pem the certificate, RFC 7468; only when one certificate was asked for
public record CertificateJson(
        String certificateId,
        String issuer,
        String serialNumber,
        String deviceId,
        String enrollmentId,
        String state,
        String profile,
        Instant notBefore,
        Instant notAfter,
        Instant issuedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant installedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant supersededAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant heldAt,
        @Nullable Instant revokedAt,
        @Nullable String reason,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String crlUrl,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String pem) {

    static CertificateJson inList(CertificateLife life) {
        return of(life, null);
    }

    static CertificateJson alone(CertificateLife life) {
        return of(life, Pem.encodeCertificate(life.certificate().der()));
    }

    private static CertificateJson of(CertificateLife life, @Nullable String pem) {
        var certificate = life.certificate();
        var revoked = life instanceof CertificateLife.Revoked end ? end : null;
        return new CertificateJson(
                certificate.id().value(),
                Certificates.issuer(certificate.decoded()),
                certificate.id().serialNumber(),
                certificate.deviceId(),
                certificate.enrollmentId(),
                InventoryQuery.State.of(life).text(),
                certificate.profile(),
                certificate.notBefore(),
                certificate.notAfter(),
                life.inService().issuedAt(),
                life.inService().installation().orElse(null),
                life.inService() instanceof CertificateLife.Superseded superseded ? superseded.supersededAt() : null,
                life instanceof CertificateLife.OnHold held ? held.heldAt() : null,
                revoked == null ? null : revoked.revokedAt(),
                revoked == null ? null : revoked.reason().text(),
                revoked == null ? null : CrlAddresses.of(certificate.decoded()).orElse(null),
                pem);
    }
}
