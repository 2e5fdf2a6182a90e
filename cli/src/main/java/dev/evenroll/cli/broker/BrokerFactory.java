package dev.evenroll.cli.broker;

/// Makes the broker of a stack: [JvmBroker], or another kind in tests.
@FunctionalInterface
public interface BrokerFactory {

    Broker create(BrokerSetup setup);
}
