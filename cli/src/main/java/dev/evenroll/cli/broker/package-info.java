/// The Kafka broker of the local stack: one node, KRaft, mutual TLS, access rules enforced.
@NullMarked
package dev.evenroll.cli.broker;

import org.jspecify.annotations.NullMarked;
