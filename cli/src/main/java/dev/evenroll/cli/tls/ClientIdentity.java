package dev.evenroll.cli.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// What a client proves in the handshake: a private key and the certificates that speak for it.
///
/// @param chain leaf first; at least one
public record ClientIdentity(PrivateKey key, List<X509Certificate> chain) {

    public ClientIdentity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("chain: is empty; give the certificate of the key");
        }
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /// Says whose it is, never the key.
    @Override
    public String toString() {
        return "ClientIdentity[" + certificate().getSubjectX500Principal() + "]";
    }
}
