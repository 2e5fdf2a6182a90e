package dev.evenroll.revocation.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.evenroll.revocation.device.RenewalStep;
import dev.evenroll.revocation.inventory.DueRenewal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A renewal as JSON.
///
/// @param ocppIdentity absent before the registry has said it
/// @param site absent before the registry has said it
/// @param dueAt when it is due, or became so
/// @param said what was last said of it: `routine`, `soon`, `urgent` or `overdue`; absent before
public record RenewalJson(
        String deviceId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String ocppIdentity,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String site,
        String certificateId,
        String profile,
        Instant notAfter,
        Instant dueAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String said) {

    static RenewalJson of(DueRenewal renewal) {
        var certificate = renewal.certificate();
        return new RenewalJson(
                renewal.deviceId(),
                renewal.ocppIdentity().orElse(null),
                renewal.site().orElse(null),
                certificate.id().value(),
                certificate.profile(),
                certificate.notAfter(),
                renewal.dueAt(),
                Arrays.stream(RenewalStep.values())
                        .filter(step -> step.number() == certificate.renewalSteps())
                        .findFirst()
                        .map(step -> step.name().toLowerCase(Locale.ROOT))
                        .orElse(null));
    }
}
