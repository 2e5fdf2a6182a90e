package dev.evenroll.validator.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.pki.Failure;
import dev.evenroll.validator.registry.DeviceCommand.Order;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The table of [DeviceLife].
class DeviceLifeTest {

    private static final Instant LATER = Sample.T0.plusSeconds(9);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            unregistered            | register the same       | REGISTERED REGISTERED 1
            unregistered            | update                  | UNREGISTERED
            unregistered            | suspend                 | UNREGISTERED
            unregistered            | quarantine              | UNREGISTERED
            unregistered            | resume                  | UNREGISTERED
            unregistered            | decommission            | UNREGISTERED
            unregistered            | transfer to a site      | UNREGISTERED
            unregistered            | token                   | UNREGISTERED
            unregistered            | approve                 | UNREGISTERED
            unregistered            | reject                  | UNREGISTERED
            registered              | register the same       | REGISTERED COMMAND_REPEATED 1
            registered              | register differently    | no: registered-differently ocppIdentity: is registered as "CS-1"; registered-differently site: is registered as "Car park 3"; registered-differently enrollmentModels: is registered as "FACTORY, FIELD"
            registered              | update the same         | REGISTERED COMMAND_REPEATED 1
            registered              | update                  | REGISTERED UPDATED 2
            registered              | update the owner        | REGISTERED UPDATED 2
            registered              | suspend                 | SUSPENDED>R (stolen) SUSPENDED 2
            registered              | quarantine              | QUARANTINED>R (odd) QUARANTINED 2
            registered              | resume                  | REGISTERED COMMAND_REPEATED 1
            registered              | decommission            | DECOMMISSIONED (scrapped) DECOMMISSIONED 2
            registered              | transfer to where it is | REGISTERED COMMAND_REPEATED 1
            registered              | transfer to a site      | REGISTERED TRANSFERRED 2
            registered              | transfer to an owner    | REGISTERED TRANSFERRED 2
            registered              | token                   | REGISTERED TOKEN_CREATED 1
            registered              | approve                 | REGISTERED ENROLLMENT_DECIDED 1
            registered              | reject                  | REGISTERED ENROLLMENT_DECIDED 1
            enrolled                | register the same       | ENROLLED COMMAND_REPEATED 2
            enrolled                | register differently    | no: registered-differently ocppIdentity: is registered as "CS-1"; registered-differently site: is registered as "Car park 3"; registered-differently enrollmentModels: is registered as "FACTORY, FIELD"
            enrolled                | update the same         | ENROLLED COMMAND_REPEATED 2
            enrolled                | update                  | ENROLLED UPDATED 3
            enrolled                | update the owner        | REGISTERED UPDATED 3
            enrolled                | suspend                 | SUSPENDED>E (stolen) SUSPENDED 3
            enrolled                | quarantine              | QUARANTINED>E (odd) QUARANTINED 3
            enrolled                | resume                  | ENROLLED COMMAND_REPEATED 2
            enrolled                | decommission            | DECOMMISSIONED (scrapped) DECOMMISSIONED 3
            enrolled                | transfer to where it is | ENROLLED COMMAND_REPEATED 2
            enrolled                | transfer to a site      | ENROLLED TRANSFERRED 3
            enrolled                | transfer to an owner    | REGISTERED TRANSFERRED 3
            enrolled                | token                   | ENROLLED TOKEN_CREATED 2
            enrolled                | approve                 | ENROLLED ENROLLMENT_DECIDED 2
            enrolled                | reject                  | ENROLLED ENROLLMENT_DECIDED 2
            suspended               | register the same       | SUSPENDED>E (stolen) COMMAND_REPEATED 3
            suspended               | register differently    | no: registered-differently ocppIdentity: is registered as "CS-1"; registered-differently site: is registered as "Car park 3"; registered-differently enrollmentModels: is registered as "FACTORY, FIELD"
            suspended               | update the same         | SUSPENDED>E (stolen) COMMAND_REPEATED 3
            suspended               | update                  | SUSPENDED>E (stolen) UPDATED 4
            suspended               | update the owner        | SUSPENDED>R (stolen) UPDATED 4
            suspended               | suspend                 | SUSPENDED>E (stolen) COMMAND_REPEATED 3
            suspended               | quarantine              | no: state-conflict state: is suspended; resume the device before you put it in quarantine
            suspended               | resume                  | ENROLLED RESUMED 4
            suspended               | decommission            | DECOMMISSIONED (scrapped) DECOMMISSIONED 4
            suspended               | transfer to a site      | SUSPENDED>E (stolen) TRANSFERRED 4
            suspended               | transfer to an owner    | SUSPENDED>R (stolen) TRANSFERRED 4
            suspended               | token                   | no: state-conflict state: is suspended; resume the device before you create a token
            suspended               | approve                 | no: state-conflict state: is suspended; resume the device before you approve its enrollment
            suspended               | reject                  | SUSPENDED>E (stolen) ENROLLMENT_DECIDED 3
            suspended in quarantine | resume                  | QUARANTINED>E (was in quarantine before it was suspended) RESUMED 5
            suspended in quarantine | update the owner        | SUSPENDED>Q (stolen) UPDATED 5
            quarantined             | register the same       | QUARANTINED>E (odd) COMMAND_REPEATED 3
            quarantined             | register differently    | no: registered-differently ocppIdentity: is registered as "CS-1"; registered-differently site: is registered as "Car park 3"; registered-differently enrollmentModels: is registered as "FACTORY, FIELD"
            quarantined             | update the same         | QUARANTINED>E (odd) COMMAND_REPEATED 3
            quarantined             | update                  | QUARANTINED>E (odd) UPDATED 4
            quarantined             | update the owner        | QUARANTINED>R (odd) UPDATED 4
            quarantined             | suspend                 | SUSPENDED>Q (stolen) SUSPENDED 4
            quarantined             | quarantine              | QUARANTINED>E (odd) COMMAND_REPEATED 3
            quarantined             | resume                  | ENROLLED RESUMED 4
            quarantined before      | resume                  | REGISTERED RESUMED 3
            quarantined             | decommission            | DECOMMISSIONED (scrapped) DECOMMISSIONED 4
            quarantined             | transfer to a site      | QUARANTINED>E (odd) TRANSFERRED 4
            quarantined             | transfer to an owner    | QUARANTINED>R (odd) TRANSFERRED 4
            quarantined             | token                   | QUARANTINED>E (odd) TOKEN_CREATED 3
            quarantined             | approve                 | QUARANTINED>E (odd) ENROLLMENT_DECIDED 3
            quarantined             | reject                  | QUARANTINED>E (odd) ENROLLMENT_DECIDED 3
            decommissioned          | register the same       | REGISTERED REGISTERED 4
            decommissioned          | register differently    | REGISTERED REGISTERED 4
            decommissioned          | update the same         | no: state-conflict state: is decommissioned; register the device anew before you describe it anew
            decommissioned          | update                  | no: state-conflict state: is decommissioned; register the device anew before you describe it anew
            decommissioned          | suspend                 | no: state-conflict state: is decommissioned; register the device anew before you suspend it
            decommissioned          | quarantine              | no: state-conflict state: is decommissioned; register the device anew before you put it in quarantine
            decommissioned          | resume                  | no: state-conflict state: is decommissioned; register the device anew before you resume it
            decommissioned          | decommission            | DECOMMISSIONED (scrapped) COMMAND_REPEATED 3
            decommissioned          | transfer to where it is | no: state-conflict state: is decommissioned; register the device anew before you transfer it
            decommissioned          | token                   | no: state-conflict state: is decommissioned; register the device anew before you create a token
            decommissioned          | approve                 | no: state-conflict state: is decommissioned; register the device anew before you approve its enrollment
            decommissioned          | reject                  | DECOMMISSIONED (scrapped) ENROLLMENT_DECIDED 3
            unrecognized            | register the same       | UNRECOGNIZED CERTIFIED 2
            unrecognized            | update                  | UNRECOGNIZED CERTIFIED 2
            unrecognized            | suspend                 | UNRECOGNIZED CERTIFIED 2
            unrecognized            | quarantine              | UNRECOGNIZED CERTIFIED 2
            unrecognized            | resume                  | UNRECOGNIZED CERTIFIED 2
            unrecognized            | decommission            | UNRECOGNIZED CERTIFIED 2
            unrecognized            | transfer to a site      | UNRECOGNIZED CERTIFIED 2
            unrecognized            | token                   | UNRECOGNIZED CERTIFIED 2
            unrecognized            | approve                 | UNRECOGNIZED CERTIFIED 2
            unrecognized            | reject                  | UNRECOGNIZED CERTIFIED 2
            """)
    void eachStateMakesOfEachCommandWhatTheTableSays(String state, String command, String expected) {
        var after = Sample.device(state).apply(Sample.command(command, order("c9")), LATER);
        assertThat(Sample.line(after)).isEqualTo(expected);
        var again = after.apply(Sample.command(command, order("c9")), LATER.plusSeconds(1));
        if (after instanceof DeviceLife.Known) {
            assertThat(again).as("the same command again").isSameAs(after);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            registered              | certified   | ENROLLED CERTIFIED 2
            registered              | used        | REGISTERED CERTIFICATE_USED 1
            registered              | quarantined | QUARANTINED>R (expired) QUARANTINED 2
            registered              | approved    | -
            enrolled                | certified   | ENROLLED CERTIFIED 3
            enrolled                | used        | ENROLLED CERTIFICATE_USED 2
            enrolled                | quarantined | QUARANTINED>E (expired) QUARANTINED 3
            enrolled                | approved    | -
            suspended               | certified   | SUSPENDED>E (stolen) CERTIFIED 4
            suspended               | used        | SUSPENDED>E (stolen) CERTIFICATE_USED 3
            suspended               | quarantined | -
            suspended               | approved    | -
            suspended in quarantine | certified   | SUSPENDED>Q (stolen) CERTIFIED 5
            quarantined before      | certified   | QUARANTINED>E (odd) CERTIFIED 3
            quarantined             | used        | QUARANTINED>E (odd) CERTIFICATE_USED 3
            quarantined             | quarantined | -
            quarantined             | approved    | ENROLLED RESUMED 4
            quarantined before      | approved    | REGISTERED RESUMED 3
            decommissioned          | certified   | DECOMMISSIONED (scrapped) CERTIFIED 4
            decommissioned          | used        | DECOMMISSIONED (scrapped) CERTIFICATE_USED 3
            decommissioned          | quarantined | -
            decommissioned          | approved    | -
            unrecognized            | certified   | -
            unrecognized            | used        | -
            unrecognized            | quarantined | -
            unrecognized            | approved    | -
            """)
    void eachStateMakesOfEachEventWhatTheTableSays(String state, String event, String expected) {
        var before = (DeviceLife.Known) Sample.device(state);
        var after = happens(before, event);
        if (expected.equals("-")) {
            assertThat(after).isSameAs(before);
        } else {
            assertThat(Sample.line(after)).isEqualTo(expected);
            assertThat(happens(after, event)).as("the same event again").isSameAs(after);
        }
    }

    private static DeviceLife.Known happens(DeviceLife.Known device, String event) {
        return switch (event) {
            case "certified" -> device.certified(LATER, Sample.END.plusSeconds(1));
            case "used" -> device.used(Sample.T0);
            case "quarantined" -> device.quarantined("expired", LATER);
            case "approved" -> device.approved(LATER);
            default -> throw new IllegalArgumentException(event);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "unregistered, false",
        "registered, true",
        "enrolled, true",
        "suspended, false",
        "quarantined, false",
        "decommissioned, false",
        "unrecognized, false"
    })
    void onlyATrustedStateMayEnroll(String state, boolean may) {
        assertThat(Sample.device(state).mayEnroll()).isEqualTo(may);
    }

    @Test
    void anUnknownDeviceIsAdmittedByAPolicy() {
        var unregistered = new DeviceLife.Unregistered();
        var trusted = unregistered.admitted(Sample.EVR_1, Sample.REGISTRATION, "rollout", false, LATER);
        assertThat(Sample.line(trusted)).isEqualTo("REGISTERED ADMITTED 1");
        assertThat(trusted.entry().lastCommand())
                .isEqualTo(new CommandResult("policy:rollout", "policy:rollout", List.of(), RegistryChange.ADMITTED));
        var waiting = unregistered.admitted(Sample.EVR_1, Sample.REGISTRATION, "rollout", true, LATER);
        assertThat(Sample.line(waiting))
                .isEqualTo("QUARANTINED>R (was not registered; the policy rollout puts such devices in quarantine) "
                        + "ADMITTED 1");
    }

    @Test
    void anotherRevisionThanTheExpectedOneIsRefused() {
        var enrolled = Sample.device("enrolled");
        assertThat(Sample.line(enrolled.apply(Sample.command("suspend", expecting(2)), LATER)))
                .isEqualTo("SUSPENDED>E (stolen) SUSPENDED 3");
        assertThat(Sample.line(enrolled.apply(Sample.command("suspend", expecting(1)), LATER)))
                .isEqualTo("no: revision-conflict revision: is 2, not 1; read the device again and decide anew");
        assertThat(Sample.line(enrolled.apply(Sample.command("register the same", expecting(0)), LATER)))
                .isEqualTo("no: revision-conflict revision: is 2, and the device was to be new; "
                        + "read the device again and decide anew");
        var unregistered = Sample.device("unregistered");
        assertThat(Sample.line(unregistered.apply(Sample.command("register the same", expecting(0)), LATER)))
                .isEqualTo("REGISTERED REGISTERED 1");
        assertThat(unregistered.apply(Sample.command("register the same", expecting(1)), LATER))
                .isSameAs(unregistered);
    }

    @Test
    void anIdempotencyKeyIsForOneCommand() {
        var first = CommandId.of("alice", "k1", "suspend", "stolen");
        var suspended = Sample.device("enrolled").apply(Sample.command("suspend", order(first)), LATER);
        assertThat(suspended.apply(Sample.command("suspend", order(first)), LATER))
                .isSameAs(suspended);
        var other = CommandId.of("alice", "k1", "resume", "found");
        assertThat(Sample.line(suspended.apply(Sample.command("resume", order(other)), LATER)))
                .isEqualTo("no: idempotency-conflict Idempotency-Key: was used for another command to this device; "
                        + "use a new key for each command");
        var ofSomebodyElse = CommandId.of("bob", "k1", "resume", "found");
        assertThat(Sample.line(suspended.apply(Sample.command("resume", order(ofSomebodyElse)), LATER)))
                .isEqualTo("ENROLLED RESUMED 4");
    }

    @Test
    void aTokenNeedsTheFieldModel() {
        var device = Sample.registered(Sample.REGISTRATION.with(Set.of(EnrollmentModel.FACTORY)));
        assertThat(Sample.line(device.apply(Sample.command("token", order("c2")), LATER)))
                .isEqualTo("no: enrollment-model enrollmentModels: field is not among them; "
                        + "allow it before you create a token");
    }

    @Test
    void theEntryRemembersTheLastFourCommands() {
        var device = (DeviceLife.Known) Sample.device("registered");
        for (var id : List.of("c2", "c3", "c4", "c5")) {
            device = device.apply(Sample.command("register the same", order(id)), LATER);
        }
        var entry = device.entry();
        assertThat(entry.lastCommand().commandId()).isEqualTo("c5");
        assertThat(entry.earlierCommands()).extracting(CommandResult::commandId).containsExactly("c4", "c3", "c2");
        assertThat(entry.resultOf("c2").orElseThrow().change()).isEqualTo(RegistryChange.COMMAND_REPEATED);
        assertThat(entry.resultOf("c1")).isEmpty();
        for (var id : List.of("c2", "c3", "c4", "c5")) {
            assertThat(device.apply(Sample.command("decommission", order(id)), LATER))
                    .isSameAs(device);
        }
    }

    @Test
    void aNewOwnerHasNoCertificateOfTheOldOneAndRetiredOnesStayRetired() {
        var device = ((DeviceLife.Known) Sample.device("enrolled")).used(Sample.T0);
        var transferred = device.apply(Sample.command("transfer to an owner", order("c9")), LATER);
        assertThat(transferred.entry().certificateNotAfter()).isNull();
        assertThat(transferred.entry().installedNotBefore()).isEqualTo(Sample.T0);
        var moved = device.apply(Sample.command("transfer to a site", order("c9")), LATER);
        assertThat(moved.entry().certificateNotAfter()).isEqualTo(Sample.END);
        assertThat(moved.entry().registration().site()).isEqualTo("Yard");
    }

    @Test
    void aNewLifeBeginsWithTheRegistration() {
        var reborn = (DeviceLife.Known)
                Sample.device("decommissioned").apply(Sample.command("register differently", order("c9")), LATER);
        assertThat(reborn.entry().registeredAt()).isEqualTo(LATER);
        assertThat(reborn.entry().certificateNotAfter()).isNull();
        assertThat(reborn.entry().registration().ocppIdentity()).isEqualTo("CS-2");
    }

    @Test
    void objectionsFromBesideTheRegistryAreKeptLikeItsOwn() {
        var device = Sample.device("enrolled");
        var objections = List.of(new Failure("approval-unknown", "enrollmentId: waits for nobody"));
        var refused = device.refused(Sample.command("approve", order("c9")), objections, LATER);
        assertThat(Sample.line(refused)).isEqualTo("no: approval-unknown enrollmentId: waits for nobody");
        assertThat(refused.refused(Sample.command("approve", order("c9")), objections, LATER))
                .isSameAs(refused);
        assertThat(refused.apply(Sample.command("approve", order("c9")), LATER)).isSameAs(refused);
        for (var state : List.of("unregistered", "unrecognized")) {
            var other = Sample.device(state);
            assertThat(other.refused(Sample.command("approve", order("c9")), objections, LATER))
                    .isSameAs(other);
        }
    }

    @Test
    void aCommandThatCanNotBeTakenCanNotBeMade() {
        assertThatThrownBy(() -> new DeviceCommand.Suspend(order("c1"), ""))
                .hasMessage("reason: is missing; give 1 to 500 characters");
        assertThatThrownBy(() -> new DeviceCommand.Transfer(order("c1"), "", ""))
                .hasMessage("owner: is missing; give 1 to 64 characters");
        assertThatThrownBy(() -> new DeviceCommand.CreateToken(order("c1"), "x", LATER))
                .hasMessage("tokenSha256: is not a SHA-256; "
                        + "give the 64 lower-case hex digits of the SHA-256 of the token's text");
    }

    private static Order order(String commandId) {
        return Order.of(commandId, "alice", Sample.EVR_1);
    }

    private static Order expecting(long revision) {
        return new Order("c9", "alice", Sample.EVR_1, revision);
    }
}
