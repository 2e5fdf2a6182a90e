package dev.evenroll.audit.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/// The configuration of audit-sink. What is missing or misspelt stops the start with the name of the
/// property.
@ConfigMapping(prefix = "evenroll")
public interface AuditConfiguration {

    /// `test`, `staging` or `production`.
    String environment();

    /// Stable name of this replica, unique among the service's replicas.
    @WithDefault("0")
    String instance();

    Kafka kafka();

    /// How to reach the broker.
    interface Kafka {

        /// Standard Kafka client properties file, with the credentials of the principal `audit-sink`.
        Path clientProperties();
    }
}
