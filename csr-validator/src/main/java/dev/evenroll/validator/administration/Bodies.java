package dev.evenroll.validator.administration;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What callers send, as the description of the interface shows it. It is read by hand, so that all that is wrong is
/// said at once ([RegistrationReader], [RequestReader]). What may be left out is nullable.
final class Bodies {

    private Bodies() {}

    /// The whole of a device.
    ///
    /// @param enrollmentModels factory when nothing is said
    @Schema(name = "DeviceDescription")
    record DeviceDescription(
            @Schema(description = "As the file of the trust anchor is named.", minLength = 1, maxLength = 64)
            String manufacturer,

            @Schema(description = "As the manufacturer writes it.", minLength = 1, maxLength = 64)
            String model,

            @Schema(
                    description = "Name of the station in the OCPP connection URL: identifierString.",
                    minLength = 1,
                    maxLength = 48)
            String ocppIdentity,

            @Schema(description = "Charging station operator: the O of the certificate.", minLength = 1, maxLength = 64)
            String owner,

            @Schema(description = "Where the device stands.", minLength = 1, maxLength = 255)
            String site,

            @Schema(
                    description = "Ways in which it may get its first certificate; factory when nothing is said, empty "
                            + "when it may only renew the one it has.")
            @Nullable
            List<String> enrollmentModels,

            @Schema(description = "SHA-256 of the only IDevID certificate (DER) that speaks for it.") @Nullable
            String idevidSha256,

            @Schema(
                    description =
                            "SHA-256 of the only SubjectPublicKeyInfo (DER) that its first certificate may be for.")
            @Nullable
            String keySha256,

            @Schema(
                    description = "Name of the certificate profile that its next certificates are issued under.",
                    minLength = 1,
                    maxLength = 64,
                    defaultValue = "charging-station")
            @Nullable
            String profile) {}

    /// Some fields of a device.
    @Schema(name = "DevicePatch", description = "What is left out stays; a null takes a field away (RFC 7396).")
    record DevicePatch(
            @Schema(minLength = 1, maxLength = 64) @Nullable String manufacturer,
            @Schema(minLength = 1, maxLength = 64) @Nullable String model,
            @Schema(minLength = 1, maxLength = 48) @Nullable String ocppIdentity,
            @Schema(minLength = 1, maxLength = 64) @Nullable String owner,

            @Schema(minLength = 1, maxLength = 255) @Nullable
            String site,

            @Nullable List<String> enrollmentModels,
            @Nullable String idevidSha256,
            @Nullable String keySha256,

            @Schema(minLength = 1, maxLength = 64) @Nullable String profile) {}

    /// A line of a batch.
    @Schema(
            name = "BatchLine",
            allOf = {DeviceDescription.class})
    record BatchLine(
            @Schema(description = "Serial number of the device.")
            String deviceId) {}

    /// Why something is done.
    @Schema(name = "Reason")
    record Reason(
            @Schema(description = "For people.", minLength = 1, maxLength = 500)
            String reason) {}

    /// What a person says of an enrollment.
    @Schema(name = "Judgement")
    record Judgement(
            @Schema(description = "Whether it is approved.") boolean approved,

            @Schema(description = "For people.", minLength = 1, maxLength = 500)
            String reason) {}

    /// What a registration authority is.
    @Schema(name = "RegistrationAuthorityDescription")
    record RegistrationAuthorityDescription(
            @Schema(description = "Whom it speaks for: the devices of sites, or of manufacturers.")
            String kind,

            @Schema(description = "Sites whose devices a local controller speaks for.", minItems = 1, maxItems = 1000)
            @Nullable
            List<String> sites,

            @Schema(
                    description = "Manufacturers whose devices a factory line speaks for.",
                    minItems = 1,
                    maxItems = 100)
            @Nullable
            List<String> manufacturers,

            @Schema(description = "Whether it may speak at all.", defaultValue = "true") @Nullable
            Boolean active,

            @Schema(description = "SHA-256 of the certificates that are its own; none: any with its CN.", maxItems = 10)
            @Nullable
            List<String> certificateSha256,

            @Schema(
                    description = "SHA-256 of the certificates of the CAs that issue its own; recommended.",
                    maxItems = 10)
            @Nullable
            List<String> issuerSha256) {}

    /// To whom, and where.
    @Schema(name = "Ownership")
    record Ownership(
            @Schema(description = "Charging station operator from now on.", minLength = 1, maxLength = 64)
            String owner,

            @Schema(description = "Where the device stands from now on.", minLength = 1, maxLength = 255)
            String site) {}

    /// For how long.
    @Schema(name = "Validity")
    record Validity(
            @Schema(description = "ISO 8601 duration, PT1M to P30D.", format = "duration", defaultValue = "PT24H")
            @Nullable
            String validFor) {}
}
