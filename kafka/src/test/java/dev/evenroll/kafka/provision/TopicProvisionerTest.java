package dev.evenroll.kafka.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.schemas.topic.Topics;
import org.apache.kafka.common.acl.AclPermissionType;
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

    @Test
    void everyRuleAllows() {
        assertThat(TopicProvisioner.accessRules("test"))
                .isNotEmpty()
                .allMatch(rule -> rule.entry().permissionType() == AclPermissionType.ALLOW);
    }
}
