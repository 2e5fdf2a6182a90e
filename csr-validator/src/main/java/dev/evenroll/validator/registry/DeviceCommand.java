package dev.evenroll.validator.registry;

import dev.evenroll.pki.identity.DeviceId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an authorized person wants of the registry. What a state makes of it: [DeviceLife].
///
/// The constructors refuse fields that can not be taken, each with its name and the reason.
public sealed interface DeviceCommand {

    /// A reason is at most this long.
    int LONGEST_REASON = 500;

    Order order();

    /// Random, or made of the caller's idempotency key: a repeated id is applied once.
    default String commandId() {
        return order().commandId();
    }

    /// Who gave the command: the `upn` or `sub` of the bearer token.
    default String actor() {
        return order().actor();
    }

    default DeviceId deviceId() {
        return order().deviceId();
    }

    /// Revision that the entry must have; 0 when there must be none; null when any will do.
    default @Nullable Long expectedRevision() {
        return order().expectedRevision();
    }

    /// What is wrong with a reason.
    static Optional<FieldProblem> problemWithReason(@Nullable String reason) {
        return FieldRules.text("reason", reason, LONGEST_REASON);
    }

    /// What every command says.
    ///
    /// @param commandId random, or made of the caller's idempotency key: a repeated id is applied once
    /// @param actor who gave it: the `upn` or `sub` of the bearer token
    /// @param deviceId the device
    /// @param expectedRevision revision that the entry must have; 0 when there must be none; null when any
    ///     will do
    record Order(
            String commandId,
            String actor,
            DeviceId deviceId,
            @Nullable Long expectedRevision) {

        /// Of an order whose caller named what no revision is: it is refused, whatever the entry has.
        public static final long NO_REVISION = -1;

        /// An order that any revision will do for.
        public static Order of(String commandId, String actor, DeviceId deviceId) {
            return new Order(commandId, actor, deviceId, null);
        }
    }

    /// Enter the device; a decommissioned one begins a new life.
    record Register(Order order, Registration registration) implements DeviceCommand {}

    /// Describe the device anew.
    record Update(Order order, Registration registration) implements DeviceCommand {}

    /// Take the device out until it is resumed: whatever it asks for is refused.
    record Suspend(Order order, String reason) implements DeviceCommand {

        public Suspend {
            require(problemWithReason(reason));
        }
    }

    /// Trust the device no more until it is resumed: whatever it asks for waits for a person.
    record Quarantine(Order order, String reason) implements DeviceCommand {

        public Quarantine {
            require(problemWithReason(reason));
        }
    }

    /// Bring the device back from suspension or quarantine.
    record Resume(Order order, String reason) implements DeviceCommand {

        public Resume {
            require(problemWithReason(reason));
        }
    }

    /// End the life of the device.
    record Decommission(Order order, String reason) implements DeviceCommand {

        public Decommission {
            require(problemWithReason(reason));
        }
    }

    /// Give the device to another owner or site. With another owner it enrolls anew.
    record Transfer(Order order, String owner, String site) implements DeviceCommand {

        public Transfer {
            require(RegistrationDraft.ownership(owner, site).stream().findFirst());
        }
    }

    /// Let an installer enroll the device once. The token before it, spent or not, counts no more.
    ///
    /// @param tokenSha256 SHA-256 of the token's text, 64 lower-case hex digits
    /// @param expiresAt when the token expires
    record CreateToken(Order order, String tokenSha256, Instant expiresAt) implements DeviceCommand {

        public CreateToken {
            require(FieldRules.sha256("tokenSha256", tokenSha256, "the token's text"));
        }
    }

    /// Approve or reject an enrollment that waits for a person.
    record DecideEnrollment(Order order, String enrollmentId, boolean approved, String reason)
            implements DeviceCommand {

        public DecideEnrollment {
            require(FieldRules.sha256("enrollmentId", enrollmentId, "requester and request"));
            require(problemWithReason(reason));
        }
    }

    private static void require(Optional<FieldProblem> problem) {
        problem.ifPresent(it -> {
            throw new IllegalArgumentException(it.sentence());
        });
    }
}
