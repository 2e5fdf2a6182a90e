package dev.evenroll.revocation.administration;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/// The administration interface alone: [TestParts] instead of what the runtime package starts.
public final class WithoutKafka implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        var overrides = new HashMap<String, String>();
        overrides.put("quarkus.arc.exclude-types", "dev.evenroll.revocation.runtime.*");
        overrides.put("quarkus.http.insecure-requests", "enabled");
        overrides.put("quarkus.http.test-port", "0");
        overrides.put("quarkus.management.test-port", "0");
        overrides.put(
                "mp.jwt.verify.publickey.location", LocalTokens.publicKey().toString());
        overrides.put("mp.jwt.verify.issuer", LocalTokens.ISSUER);
        overrides.put("mp.jwt.verify.audiences", LocalTokens.AUDIENCE);
        overrides.put("evenroll.environment", "test");
        overrides.put("evenroll.kafka.client-properties", "unused");
        overrides.put("evenroll.ca.directory", "unused");
        overrides.put("evenroll.state-directory", "unused");
        overrides.put("evenroll.crl.host", "unused");
        overrides.put("evenroll.crl.port", "0");
        overrides.put("evenroll.connection.port", "0");
        return overrides;
    }
}
