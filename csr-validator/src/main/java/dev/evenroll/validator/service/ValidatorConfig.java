package dev.evenroll.validator.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/// What the operator says. A missing property stops the start, and so does one that is not known here.
@ConfigMapping(prefix = "evenroll")
public interface ValidatorConfig {

    /// test, staging or production.
    String environment();

    /// Stable name of this replica, unique among the replicas of the service.
    @WithDefault("0")
    String instance();

    Kafka kafka();

    Trust trust();

    Ca ca();

    /// Directory of the state stores, kept between starts.
    Path stateDirectory();

    /// How to reach the broker.
    interface Kafka {

        /// Standard Kafka client properties.
        Path clientProperties();
    }

    /// Whom to trust.
    interface Trust {

        /// Directory of `<manufacturer>.pem`.
        Path manufacturers();
    }

    /// The CA of this environment.
    interface Ca {

        /// PEM: the issuing CA first, then up to the root.
        Path chain();
    }
}
