package dev.evenroll.issuer.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

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

    /// File of certificate profiles (docs/PROFILES.md); those that are built in when not set.
    Optional<Path> profiles();

    /// How to reach the broker.
    interface Kafka {

        /// Standard Kafka client properties file, with the credentials of the principal `issuer`.
        Path clientProperties();
    }

    /// The CAs.
    interface Ca {

        /// The directory of CAs: `chains/`, `cross/`, `keys/`.
        Path directory();

        /// CRL distribution point of profiles that name none: an http URL, which may hold `{issuer}` and `{shard}`
        /// (docs/PROFILES.md).
        String crlUrl();
    }
}
