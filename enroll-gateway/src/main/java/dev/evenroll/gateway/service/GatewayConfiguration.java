package dev.evenroll.gateway.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Configuration of the gateway, as it was written; a missing value stops the start and is named.
@ConfigMapping(prefix = "evenroll")
public interface GatewayConfiguration {

    /// test, staging or production.
    String environment();

    /// Stable name of this replica, unique among the replicas.
    @WithDefault("0")
    String instance();

    Kafka kafka();

    Est est();

    Trust trust();

    Ca ca();

    Limits limits();

    Jobs jobs();

    /// How to reach the broker.
    interface Kafka {
        /// A standard Kafka client properties file.
        Path clientProperties();
    }

    /// The EST server.
    interface Est {
        /// Address to listen on.
        String host();

        /// Port to listen on.
        int port();

        /// PEM: the server's certificate, then its chain.
        Path certificate();

        /// PEM, PKCS#8: the server's private key.
        Path key();

        /// How long a device is kept waiting for its certificate before it is told to come again.
        @WithName("wait")
        @WithDefault("10s")
        Duration waitLimit();

        /// How many requests may wait for their outcome.
        @WithDefault("2000")
        int parked();
    }

    /// Whom to trust.
    interface Trust {
        /// Directory with `<manufacturer>.pem`: the anchors of the manufacturers' certificates.
        Path manufacturers();

        /// Directory with `<name>.pem`: the anchors of the certificates of registration authorities. Without it only
        /// those are trusted that our own CA issued.
        Optional<Path> registrationAuthorities();
    }

    /// How often somebody may ask; 0 for as often as they like.
    interface Limits {
        /// Requests of one IP address a minute, and at once after a rest. Many devices may share one (NAT).
        @WithDefault("600")
        int addressPerMinute();

        /// Requests with one certificate a minute, and at once after a rest; registration authorities have no limit.
        @WithDefault("60")
        int requesterPerMinute();

        /// Requests for one device a minute, and at once after a rest. A device that is told to come again after five
        /// seconds needs twelve.
        @WithDefault("30")
        int devicePerMinute();
    }

    /// What the bulk jobs of registration authorities may take of this replica.
    interface Jobs {
        /// Uploads that are taken in at a time.
        @WithDefault("8")
        int uploads();

        /// Those of one registration authority: fewer, so that another finds room.
        @WithDefault("2")
        int uploadsPerAuthority();

        /// Lines of one registration authority a second, all its uploads together; 0 for as fast as they become
        /// durable. What comes faster is read later.
        @WithDefault("500")
        int linesPerSecond();

        /// Jobs of one registration authority that may be open, not submitted, through all replicas.
        @WithDefault("20")
        int openPerAuthority();
    }

    /// Our CA.
    interface Ca {
        /// The directory of CAs, of which `chains/` and `cross/` are read.
        Path directory();
    }
}
