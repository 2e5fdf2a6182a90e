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
import org.apache.kafka.clients.admin.Admin;
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
            var groups = admin.listGroups().all().get().stream()
                    .map(group -> group.groupId())
                    .filter(group -> group.contains(".issuer."))
                    .filter(group -> group.endsWith(".prepare") || group.endsWith(".sign"))
                    .toList();
            assertThat(groups).hasSize(2);
            // A group can be deleted once its killed member has been given up.
            Awaitility.await().atMost(LIMIT).ignoreExceptions().until(() -> {
                admin.deleteConsumerGroups(List.copyOf(groups)).all().get();
                return true;
            });
        }
    }
}
