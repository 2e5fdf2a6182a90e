package dev.evenroll.issuer.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;

/// The configuration of the issuer. What is missing or misspelt stops the start with the name of the property.
@ConfigMapping(prefix = "evenroll")
public interface IssuerConfiguration {

    /// `test`, `staging` or `production`.
    String environment();

    /// Stable name of this replica, unique among the issuer's replicas.
    @WithDefault("0")
    String instance();

    Kafka kafka();

    Ca ca();

    Profile profile();

    /// How to reach the broker.
    interface Kafka {

        /// Standard Kafka client properties file, with the credentials of the principal `issuer`.
        Path clientProperties();
    }

    /// The profile that certificates of charging stations are made by.
    interface Profile {

        /// Whether ML-DSA keys (RFC 9881) are certified; the validator has the same property.
        @WithDefault("false")
        boolean mlDsa();
    }

    /// The CAs.
    interface Ca {

        /// The directory of CAs: `chains/`, `cross/`, `keys/`.
        Path directory();

        /// CRL distribution point that certificates carry, an http URL.
        URI crlUrl();
    }
}
