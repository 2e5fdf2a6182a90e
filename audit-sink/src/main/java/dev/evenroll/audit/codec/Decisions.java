package dev.evenroll.audit.codec;

import dev.evenroll.schemas.event.EnrollmentModel;
import dev.evenroll.schemas.event.PolicyDecision;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What led to the decision about a request, as attributes of an audit record.
final class Decisions {

    private Decisions() {}

    /// @param requester empty when nobody was recognised, or an earlier writer did not say
    static void put(
            Map<String, String> attributes, EnrollmentModel model, @Nullable PolicyDecision policy, String requester) {
        attributes.put("enrollmentModel", model.name());
        if (!requester.isEmpty()) {
            attributes.put("requester", requester);
        }
        if (policy != null) {
            attributes.put("policy", policy.getPolicy());
            attributes.put("policyVersion", policy.getVersion());
            attributes.put("policyDecision", policy.getDecision());
            attributes.put("attested", Boolean.toString(policy.getAttested()));
        }
    }
}
