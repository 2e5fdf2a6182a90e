package dev.evenroll.policy;

import dev.evenroll.policy.yaml.FileText;
import java.util.List;
import java.util.Map;

/// The text of a file of policies: UTF-8.
final class PolicyText {

    private PolicyText() {}

    /// @throws UnusablePolicyException when it is not UTF-8
    static String decode(byte[] content) throws UnusablePolicyException {
        try {
            return FileText.decode(content);
        } catch (FileText.NotUtf8Exception e) {
            throw new UnusablePolicyException(List.of(e.problem()), Map.of());
        }
    }
}
