package dev.evenroll.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.stack.Service;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The broker forgets how far the issuer has come, as it does after a week in which no issuer ran: nothing is issued a
/// second time.
@ExtendWith(WithStack.class)
class LostPositionTest {

    private static final int DEVICES = 5;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Test
    void anIssuerWhosePositionIsLostGoesOnAfterWhatItHasDone(RunningStack stack) throws Exception {
        var names = new ArrayList<String>();
        for (var i = 0; i < DEVICES; i++) {
            names.add(enrolled(stack));
        }
        stack.stack().kill(Service.ISSUER);
        try {
            forgetTheIssuer(stack);
        } finally {
            stack.stack().start(Service.ISSUER);
        }
        // Behind all that would be done a second time, in each partition that one of them stands in or another.
        for (var i = 0; i < DEVICES; i++) {
            names.add(enrolled(stack));
        }
        IssuanceLedger.of(stack.topics(), names).isWholeFor(names);
    }

    private static String enrolled(RunningStack stack) throws Exception {
        var name = RunningStack.newDeviceId();
        stack.fleet().registered(name).enrolls().receivesCertificate();
        return name;
    }

    private static void forgetTheIssuer(RunningStack stack) throws Exception {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(stack.data().resolve("kafka/evenroll-provisioner.properties"))) {
            properties.load(reader);
        }
        try (var admin = Admin.create(properties)) {
            assertThat(groups(admin)).hasSize(2);
            // A group can be deleted once its killed member has been given up; each has its own time.
            Awaitility.await().atMost(LIMIT).until(() -> {
                for (var group : groups(admin)) {
                    try {
                        admin.deleteConsumerGroups(List.of(group)).all().get();
                    } catch (ExecutionException notYet) {
                        assertThat(notYet).hasCauseInstanceOf(GroupNotEmptyException.class);
                    }
                }
                return groups(admin).isEmpty();
            });
        }
    }

    private static List<String> groups(Admin admin) throws Exception {
        return admin.listGroups().all().get().stream()
                .map(GroupListing::groupId)
                .filter(group -> group.contains(".issuer."))
                .filter(group -> group.endsWith(".prepare") || group.endsWith(".sign"))
                .toList();
    }
}
