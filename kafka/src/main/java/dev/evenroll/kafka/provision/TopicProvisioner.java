package dev.evenroll.kafka.provision;

import dev.evenroll.schemas.topic.AccessRule;
import dev.evenroll.schemas.topic.Publication;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/// Brings a broker to what the table of topics says. Running it again changes nothing.
///
/// It adds and corrects; it never deletes a topic, and never changes a number of partitions: that would move
/// keys to other partitions and needs a migration.
public final class TopicProvisioner {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private TopicProvisioner() {}

    /// Creates the access rules and missing topics, and sets the configuration of the others. When it
    /// returns, the broker that answered acts on all of it: rules come first, and a broker takes changes in
    /// their order.
    ///
    /// @param replicationFactor of new topics: 3 in a cluster, 1 on a single broker
    /// @throws ProvisioningException when the broker refuses, with what to do
    public static void provision(Admin admin, String environment, short replicationFactor)
            throws ProvisioningException {
        await(admin.createAcls(accessRules(environment)).all(), "creating the access rules");
        var existing = await(admin.listTopics().names(), "listing the topics");
        var missing = Topics.all().stream()
                .filter(topic -> !existing.contains(topic.name(environment)))
                .map(topic -> new NewTopic(topic.name(environment), topic.partitions(), replicationFactor)
                        .configs(configuration(topic, replicationFactor)))
                .toList();
        await(admin.createTopics(missing).all(), "creating the topics");
        var present = Topics.all().stream()
                .filter(topic -> existing.contains(topic.name(environment)))
                .toList();
        checkPartitions(admin, environment, present);
        await(
                admin.incrementalAlterConfigs(configuration(environment, present, replicationFactor))
                        .all(),
                "configuring the topics");
        awaitKnown(admin, missing.stream().map(NewTopic::name).toList());
    }

    /// The controller has created the topics; the broker follows within seconds, once it has made their logs.
    private static void awaitKnown(Admin admin, List<String> topics) throws ProvisioningException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!known(admin, topics)) {
            if (System.nanoTime() > deadline) {
                throw new ProvisioningException(
                        "The broker does not know the topics that were created " + LIMIT.toSeconds()
                                + " s ago. See its log for the reason, and run it again.",
                        null);
            }
            pause();
        }
    }

    private static boolean known(Admin admin, List<String> topics) throws ProvisioningException {
        try {
            await(admin.describeTopics(topics).allTopicNames(), "describing the new topics");
            return true;
        } catch (ProvisioningException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    private static void pause() throws ProvisioningException {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProvisioningException("Interrupted while waiting for the new topics; run it again.", e);
        }
    }

    private static void checkPartitions(Admin admin, String environment, List<Topic> present)
            throws ProvisioningException {
        var names = present.stream().map(topic -> topic.name(environment)).toList();
        var descriptions = await(admin.describeTopics(names).allTopicNames(), "describing the topics");
        for (var topic : present) {
            var name = topic.name(environment);
            var description = descriptions.get(name);
            if (description != null && description.partitions().size() != topic.partitions()) {
                throw new ProvisioningException(
                        "Topic " + name + " has " + description.partitions().size() + " partitions instead of "
                                + topic.partitions()
                                + ". Keys would be found in the wrong partition: move it to a new topic first.",
                        null);
            }
        }
    }

    private static Map<ConfigResource, Collection<AlterConfigOp>> configuration(
            String environment, List<Topic> present, short replicationFactor) {
        return present.stream()
                .collect(Collectors.toMap(
                        topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name(environment)),
                        topic -> configuration(topic, replicationFactor).entrySet().stream()
                                .map(entry -> new AlterConfigOp(
                                        new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                                .toList()));
    }

    /// The table's configuration, and what makes an acknowledged record durable: with three replicas, two must have it.
    static Map<String, String> configuration(Topic topic, short replicationFactor) {
        var configuration = new TreeMap<>(Publication.configuration(topic));
        configuration.put("min.insync.replicas", replicationFactor >= 3 ? "2" : "1");
        return configuration;
    }

    /// The access rules as Kafka's authorizer takes them.
    static List<AclBinding> accessRules(String environment) {
        return AccessRule.all(environment).stream()
                .map(rule -> new AclBinding(
                        new ResourcePattern(
                                ResourceType.valueOf(rule.resource().name()),
                                rule.name(),
                                PatternType.valueOf(rule.pattern().name())),
                        new AccessControlEntry(
                                "User:CN=" + rule.principal().principalName(),
                                "*",
                                AclOperation.valueOf(rule.operation().name()),
                                AclPermissionType.ALLOW)))
                .toList();
    }

    static String advice(@Nullable Throwable cause) {
        return cause instanceof InvalidConfigurationException
                ? "The topics need a broker that knows max.decompressed.message.bytes, as Apache Kafka does from 4.4.0 on:"
                        + " another one does not limit what a record becomes when its readers unpack it."
                : "The principal that provisions needs to be a super user of the broker.";
    }

    private static <T> T await(KafkaFuture<T> future, String attempt) throws ProvisioningException {
        try {
            return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new ProvisioningException(
                    "The broker failed at " + attempt + ": " + e.getCause() + ". " + advice(e.getCause()),
                    e.getCause());
        } catch (TimeoutException e) {
            throw new ProvisioningException(
                    "The broker did not answer within " + LIMIT.toSeconds() + " s at " + attempt
                            + ". Is it up, and is bootstrap.servers right?",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProvisioningException("Interrupted at " + attempt + "; run it again.", e);
        }
    }
}
