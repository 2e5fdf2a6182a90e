package dev.evenroll.validator.administration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The application with the registry in memory and an OpenID provider.
public final class WithOpenIdProvider extends WithoutKafka {

    @Override
    public Map<String, String> getConfigOverrides() {
        var overrides = new HashMap<>(withoutTokenKeys());
        // Where nothing is said of keys, Quarkus makes a pair for tests, and takes that one.
        overrides.put("smallrye.jwt.sign.key.location", "none");
        return overrides;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(OpenIdProvider.class));
    }
}
