package dev.evenroll.kafka.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.schemas.topic.Topics;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.junit.jupiter.api.Test;

class TopicProvisionerTest {

    /// The gateway is the service that strangers reach first: what it may do is written down here once more.
    @Test
    void theGatewayMayWriteRequestsJobsSecurityEventsAndItsDeadLettersOnly() {
        var writes = TopicProvisioner.accessRules("test").stream()
                .filter(rule -> rule.entry().principal().equals("User:CN=enroll-gateway"))
                .filter(rule -> rule.entry().operation().name().equals("WRITE"))
                .filter(rule -> rule.pattern().resourceType().name().equals("TOPIC"))
                .map(rule -> rule.pattern().name());
        assertThat(writes)
                .containsExactlyInAnyOrder(
                        "test.enrollment.requested.v1",
                        "test.job.progressed.v1",
                        "test.job.registry.v1",
                        "test.security.observed.v1",
                        "test.enroll-gateway.dead-letter.v1");
    }

    /// "The CA signs only what is durable" is worth nothing when one replica may acknowledge.
    @Test
    void withThreeReplicasTwoMustHaveARecord() {
        assertThat(TopicProvisioner.configuration(Topics.CERTIFICATE_PREPARED, (short) 3))
                .containsEntry("min.insync.replicas", "2");
        assertThat(TopicProvisioner.configuration(Topics.CERTIFICATE_PREPARED, (short) 1))
                .containsEntry("min.insync.replicas", "1");
    }

    /// A few KB of a compressed record may be hundreds of MB for its readers.
    @Test
    void theBrokerLimitsWhatARecordBecomesWhenItIsUnpacked() {
        for (var topic : Topics.all()) {
            assertThat(TopicProvisioner.configuration(topic, (short) 1))
                    .containsEntry("max.decompressed.message.bytes", Integer.toString(topic.largestRecordBytes()));
        }
        assertThat(TopicProvisioner.advice(new InvalidConfigurationException("Unknown topic config name")))
                .isEqualTo("The topics need a broker that knows max.decompressed.message.bytes, as Apache Kafka does"
                        + " from 4.4.0 on: another one does not limit what a record becomes when its readers unpack"
                        + " it.");
    }

    @Test
    void everyRuleAllows() {
        assertThat(TopicProvisioner.accessRules("test"))
                .isNotEmpty()
                .allMatch(rule -> rule.entry().permissionType() == AclPermissionType.ALLOW);
    }
}
