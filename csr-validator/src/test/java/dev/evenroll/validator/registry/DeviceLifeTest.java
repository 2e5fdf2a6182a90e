package dev.evenroll.validator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.identity.DeviceId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeviceLifeTest {

    private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
    private static final Registration REGISTRATION =
            new Registration("acme", "Wallbox", "CS-1", "Charge Here Ltd", "Car park 3");

    private final DeviceLife.Known registered = new DeviceLife.Unregistered().register(command("c1", REGISTRATION), T0);

    @Test
    void theFirstRegistrationEntersTheDevice() {
        assertThat(registered).isInstanceOf(DeviceLife.Registered.class);
        assertThat(registered.entry().revision()).isEqualTo(1);
        assertThat(registered.entry().registeredAt()).isEqualTo(T0);
        assertThat(registered.entry().lastCommand().applied()).isTrue();
    }

    @Test
    void aRepeatedCommandChangesNothing() {
        assertThat(registered.register(command("c1", REGISTRATION), T0.plusSeconds(9)))
                .isSameAs(registered);
    }

    @Test
    void theSameAgainIsAppliedAndChangesNothingButTheLastCommand() {
        var again = registered.register(command("c2", REGISTRATION), T0.plusSeconds(9));
        assertThat(again.entry().revision()).isEqualTo(1);
        assertThat(again.entry().registeredAt()).isEqualTo(T0);
        assertThat(again.entry().changedAt()).isEqualTo(T0.plusSeconds(9));
        assertThat(again.entry().lastCommand().commandId()).isEqualTo("c2");
        assertThat(again.entry().lastCommand().applied()).isTrue();
    }

    @Test
    void aContradictionIsRefusedFieldByField() {
        var other = new Registration("acme", "Wallbox", "CS-2", "Somebody Else", "Car park 3");
        var refused = registered.register(command("c2", other), T0.plusSeconds(9));
        assertThat(refused.entry().registration()).isEqualTo(REGISTRATION);
        assertThat(refused.entry().revision()).isEqualTo(1);
        assertThat(refused.entry().lastCommand().refusals())
                .containsExactly(
                        new Failure("registered-differently", "ocppIdentity: is registered as \"CS-1\""),
                        new Failure("registered-differently", "owner: is registered as \"Charge Here Ltd\""));
    }

    @Test
    void theFirstCertificateMakesItEnrolledAndFurtherOnesChangeNothing() {
        var enrolled = registered.certified(T0.plusSeconds(1));
        assertThat(enrolled).isInstanceOf(DeviceLife.Enrolled.class);
        assertThat(enrolled.entry().revision()).isEqualTo(2);
        assertThat(enrolled.certified(T0.plusSeconds(2))).isSameAs(enrolled);
        assertThat(enrolled.register(command("c2", REGISTRATION), T0)).isInstanceOf(DeviceLife.Enrolled.class);
    }

    @Test
    void aStateOfANewerVersionIsKept() {
        var unrecognized = new DeviceLife.Unrecognized(registered.entry());
        assertThat(unrecognized.mayEnroll()).isFalse();
        assertThat(unrecognized.certified(T0)).isSameAs(unrecognized);
        assertThat(unrecognized.register(command("c2", REGISTRATION), T0)).isInstanceOf(DeviceLife.Unrecognized.class);
    }

    private static RegisterCommand command(String id, Registration registration) {
        return new RegisterCommand(id, "alice", new DeviceId("EVR-1"), registration);
    }
}
