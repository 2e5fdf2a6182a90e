package dev.evenroll.cli.broker;

import dev.evenroll.cli.trust.TrustFiles;
import java.util.Properties;

/// The configuration of the single node of a local stack: broker and KRaft controller in one process, on loopback.
final class BrokerProperties {

    private static final String SUPER_USERS = "User:CN=" + TrustFiles.BROKER + ";User:CN=" + TrustFiles.PROVISIONER;

    /// As the largest request of our producers.
    private static final int LARGEST_UNPACKED_BYTES = 9 * 1024 * 1024;

    private BrokerProperties() {}

    static Properties of(BrokerSetup setup) {
        var properties = new Properties();
        node(properties, setup);
        listeners(properties, setup);
        security(properties, setup.trust());
        oneReplica(properties);
        small(properties);
        return properties;
    }

    private static void node(Properties properties, BrokerSetup setup) {
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", "1");
        properties.setProperty("controller.quorum.voters", "1@127.0.0.1:" + setup.controllerPort());
        properties.setProperty("log.dirs", setup.directory().resolve("data").toString());
        properties.setProperty("auto.create.topics.enable", "false");
        // An open transaction holds up every reader of a topic: nobody may ask for longer than our services need.
        properties.setProperty("transaction.max.timeout.ms", "15000");
        // The topics of the table have limits of their own; this one holds for those that services make for themselves.
        properties.setProperty("max.decompressed.message.bytes", Integer.toString(LARGEST_UNPACKED_BYTES));
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        // A broker that was killed is fenced, and let in again, within seconds instead of a quarter of a minute. Much
        // less than that would fence one which a busy machine lets wait for its turn.
        properties.setProperty("broker.session.timeout.ms", "3000");
        properties.setProperty("broker.heartbeat.interval.ms", "500");
        properties.setProperty("controlled.shutdown.enable", "false");
    }

    private static void listeners(Properties properties, BrokerSetup setup) {
        var clients = "CLIENTS://127.0.0.1:" + setup.clientPort();
        properties.setProperty("listeners", clients + ",CONTROLLER://127.0.0.1:" + setup.controllerPort());
        properties.setProperty("advertised.listeners", clients);
        properties.setProperty("listener.security.protocol.map", "CLIENTS:SSL,CONTROLLER:SSL");
        properties.setProperty("inter.broker.listener.name", "CLIENTS");
        properties.setProperty("controller.listener.names", "CONTROLLER");
    }

    private static void security(Properties properties, TrustFiles trust) {
        properties.setProperty("ssl.client.auth", "required");
        properties.setProperty("ssl.keystore.type", "PEM");
        properties.setProperty(
                "ssl.keystore.location",
                trust.kafka(TrustFiles.BROKER).certificate().toString());
        properties.setProperty("ssl.truststore.type", "PEM");
        properties.setProperty("ssl.truststore.location", trust.platformAnchor().toString());
        properties.setProperty("ssl.enabled.protocols", "TLSv1.3");
        // The broker's order counts. The JVMs of a local stack start quickly because they do without the compiler that
        // knows AES instructions: there AES-GCM takes four times as long, and was a third of the broker's work.
        properties.setProperty(
                "ssl.cipher.suites", "TLS_CHACHA20_POLY1305_SHA256,TLS_AES_128_GCM_SHA256,TLS_AES_256_GCM_SHA384");
        properties.setProperty("ssl.principal.mapping.rules", "RULE:^CN=([^,]+).*$/CN=$1/");
        properties.setProperty("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        properties.setProperty("allow.everyone.if.no.acl.found", "false");
        properties.setProperty("super.users", SUPER_USERS);
    }

    private static void oneReplica(Properties properties) {
        properties.setProperty("default.replication.factor", "1");
        properties.setProperty("min.insync.replicas", "1");
        properties.setProperty("offsets.topic.replication.factor", "1");
        properties.setProperty("transaction.state.log.replication.factor", "1");
        properties.setProperty("transaction.state.log.min.isr", "1");
        properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
        properties.setProperty("share.coordinator.state.topic.min.isr", "1");
    }

    /// One machine with a few devices needs no buffers and partitions of a cluster.
    private static void small(Properties properties) {
        properties.setProperty("offsets.topic.num.partitions", "4");
        properties.setProperty("transaction.state.log.num.partitions", "4");
        properties.setProperty("share.coordinator.state.topic.num.partitions", "1");
        properties.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
        properties.setProperty("offsets.topic.segment.bytes", "16777216");
        properties.setProperty("transaction.state.log.segment.bytes", "16777216");
        properties.setProperty("log.segment.bytes", "67108864");
        properties.setProperty("log.index.size.max.bytes", "1048576");
        properties.setProperty("num.network.threads", "2");
        properties.setProperty("num.io.threads", "4");
        properties.setProperty("num.recovery.threads.per.data.dir", "2");
    }
}
