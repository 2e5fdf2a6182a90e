package dev.evenroll.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Everything that a policy looks at. The same facts under the same policies give the same outcome.
///
/// @param deviceId serial number of the device, 1 to 64 characters
/// @param manufacturer name of the trust anchor that the requester's chain leads to
/// @param model model, of the registry or of the trust anchor; null when neither says
/// @param device what the registry knows of the device
/// @param remoteAddress IP address that the request came from, in text; what is none is in no network
/// @param at time of the decision
/// @param attested whether the key was attested
/// @param approver who approved the request; null as long as nobody has
public record PolicyFacts(
        String deviceId,
        String manufacturer,
        @Nullable String model,
        DeviceKnowledge device,
        String remoteAddress,
        Instant at,
        boolean attested,
        @Nullable String approver) {}
