package dev.evenroll.cli.administration;

import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.cli.tls.TrustedServers;
import java.net.URI;
import java.util.Map;

/// The public keys that were ever claimed, and those that are blocked: administration interface of csr-validator.
///
/// Safe for use by many threads; every call may be repeated.
public final class KeyRegister implements AutoCloseable {

    private final AdministrationClient client;

    public KeyRegister(URI address, TrustedServers trusted, BearerTokens tokens) {
        this.client = new AdministrationClient("csr-validator", address, trusted, tokens);
    }

    /// What is known of a key.
    ///
    /// @param keySha256 SHA-256 of the SubjectPublicKeyInfo, hexadecimal digits
    public ClaimedKey key(String keySha256) throws FaultException, FinalException, InterruptedException {
        return ClaimedKey.read(
                new Fields(client.get(Role.AUDITOR, "/keys/" + keySha256).body()));
    }

    /// Blocks a key, known or not, for ever.
    public ClaimedKey block(String keySha256, String reason)
            throws FaultException, FinalException, InterruptedException {
        var answer = client.send(Role.REVOKER, "PUT", "/keys/" + keySha256 + "/block", Map.of("reason", reason));
        return ClaimedKey.read(new Fields(answer.body()));
    }

    @Override
    public void close() {
        client.close();
    }
}
