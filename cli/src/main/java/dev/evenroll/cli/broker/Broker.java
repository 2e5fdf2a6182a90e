package dev.evenroll.cli.broker;

import dev.evenroll.cli.process.Supervised;

/// A Kafka broker that a stack can start and stop. It takes connections over mutual TLS only, gives each client the
/// principal `User:CN=<common name>`, and denies what no access rule allows.
public interface Broker extends Supervised {

    /// `host:port`, known before the start.
    String bootstrapServers();
}
