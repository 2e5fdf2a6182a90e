package dev.evenroll.validator.registry;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.identity.DeviceId;
import java.time.Instant;
import java.util.List;

/// Where a device is in its life, as the registry sees it.
///
/// What a command makes of a state. *same* = nothing changes but the result of the command, which was
/// applied (`COMMAND_REPEATED`); *no* = nothing changes but the result of the command, which was refused
/// (`COMMAND_REFUSED`, rule `state-conflict`); a state alone = that state, revision + 1.
///
/// | state | register | update | suspend | quarantine | resume | decommission | transfer | token | approve | reject |
/// |---|---|---|---|---|---|---|---|---|---|---|
/// | [Unregistered] | [Registered] | - | - | - | - | - | - | - | - | - |
/// | [Registered] | (1) | (2) | [Suspended] | [Quarantined] | same | [Decommissioned] | (2) | (3) | noted | noted |
/// | [Enrolled] | (1) | (2) | [Suspended] | [Quarantined] | same | [Decommissioned] | (2) | (3) | noted | noted |
/// | [Suspended] | (1) | (2) | same | no | former | [Decommissioned] | (2) | no | no | noted |
/// | [Quarantined] | (1) | (2) | [Suspended] | same | former | [Decommissioned] | (2) | (3) | noted | noted |
/// | [Decommissioned] | [Registered] | no | no | no | no | same | no | no | no | noted |
/// | [Unrecognized] | - | - | - | - | - | - | - | - | - | - |
///
/// - `-`: the same instance; there is no entry to note a result in, or it must not be written.
/// - (1) In the same words: same. Differently: refused, rule `registered-differently`, each field.
/// - (2) In the same words: same. Otherwise the same state, revision + 1; with another owner the device
///   enrolls anew: [Registered], or that as the state to come back to.
/// - (3) Noted, when the field model is among its enrollment models; else refused, rule `enrollment-model`.
/// - noted: nothing changes but the result of the command. What it does beside the registry is not the
///   registry's.
/// - former: the state that it was suspended or quarantined in.
///
/// Before that, in every known state, in this order: a command id that the entry remembers changes nothing at
/// all (the same instance is returned); an idempotency key that was used for another command which the entry
/// remembers is refused, rule `idempotency-conflict`; a revision other than the expected one is refused, rule
/// `revision-conflict`. An entry remembers its last four commands; whoever applies a command looks for it
/// among those before ([EarlierCommand]) first.
///
/// What an event makes of a state (`-` = the same instance, else revision + 1 unless said otherwise).
///
/// | state | admitted | certified | used | quarantined | approved |
/// |---|---|---|---|---|---|
/// | [Unregistered] | [Registered] or [Quarantined], revision 1 | not possible | not possible | not possible | not
/// possible |
/// | [Registered] | not possible | [Enrolled] | (5) | [Quarantined] | - |
/// | [Enrolled] | not possible | (4) | (5) | [Quarantined] | - |
/// | [Suspended], [Quarantined] | not possible | (4), comes back enrolled | (5) | - | former ([Quarantined] only) |
/// | [Decommissioned] | not possible | (4) | (5) | - | - |
/// | [Unrecognized] | not possible | - | - | - | - |
///
/// - (4) The same state with the end of validity, when it is later than what is known; else `-`.
/// - (5) The same state and revision with the start of validity, when it is later than what is known; else
///   `-`.
public sealed interface DeviceLife {

    /// Applies a command. See the table.
    DeviceLife apply(DeviceCommand command, Instant now);

    /// Notes that a command is refused for reasons beside the entry; after a command that the entry remembers,
    /// the device stays as it is, and so does one that has no entry to note it in.
    DeviceLife refused(DeviceCommand command, List<Failure> refusals, Instant now);

    /// Whether the device may be given a certificate, as far as its state goes. False in quarantine: what it
    /// asks for waits for a person.
    boolean mayEnroll();

    /// The number of its present life ([DeviceEntry#life]); 0 when it is not in the registry.
    default long life() {
        return this instanceof Known known ? known.entry().life() : 0;
    }

    /// The device is not in the registry.
    record Unregistered() implements DeviceLife {

        @Override
        public DeviceLife apply(DeviceCommand command, Instant now) {
            var expected = command.expectedRevision();
            return command instanceof DeviceCommand.Register register && (expected == null || expected == 0)
                    ? new Registered(DeviceEntry.first(register, now))
                    : this;
        }

        @Override
        public Unregistered refused(DeviceCommand command, List<Failure> refusals, Instant now) {
            return this;
        }

        /// Enters the device because a just-in-time policy says so.
        ///
        /// @param policy name of the policy
        /// @param quarantined whether it is to wait for a person
        public Known admitted(
                DeviceId deviceId, Registration registration, String policy, boolean quarantined, Instant now) {
            var entry = DeviceEntry.admitted(deviceId, registration, policy, now);
            return quarantined
                    ? new Quarantined(
                            entry,
                            "was not registered; the policy " + policy + " puts such devices in quarantine",
                            Former.REGISTERED)
                    : new Registered(entry);
        }

        @Override
        public boolean mayEnroll() {
            return false;
        }
    }

    /// The device is in the registry.
    sealed interface Known extends DeviceLife {

        DeviceEntry entry();

        /// The same state with another entry.
        Known with(DeviceEntry entry);

        @Override
        default Known apply(DeviceCommand command, Instant now) {
            return Transitions.apply(this, command, now);
        }

        @Override
        default Known refused(DeviceCommand command, List<Failure> refusals, Instant now) {
            return Transitions.refuse(this, command, refusals, now);
        }

        /// A certificate was issued for the device.
        ///
        /// @param notAfter end of its validity
        default Known certified(Instant now, Instant notAfter) {
            return Transitions.certified(this, now, notAfter);
        }

        /// The device was seen with a certificate: the ones before it are retired.
        ///
        /// @param notBefore start of its validity
        default Known used(Instant notBefore) {
            return Transitions.used(this, notBefore);
        }

        /// A policy puts the device in quarantine.
        default Known quarantined(String reason, Instant now) {
            return switch (this) {
                case Registered(DeviceEntry entry) ->
                    new Quarantined(entry.changed(RegistryChange.QUARANTINED, now), reason, Former.REGISTERED);
                case Enrolled(DeviceEntry entry) ->
                    new Quarantined(entry.changed(RegistryChange.QUARANTINED, now), reason, Former.ENROLLED);
                case Suspended _, Quarantined _, Decommissioned _, Unrecognized _ -> this;
            };
        }

        /// A person approved an enrollment of the device, and so trusts it again.
        default Known approved(Instant now) {
            return this instanceof Quarantined(DeviceEntry entry, String _, Former former)
                    ? former.state(entry.changed(RegistryChange.RESUMED, now), "")
                    : this;
        }

        /// The device's one-time token was locked after too many wrong ones: told, nothing else.
        default Known tokenLocked(Instant now) {
            return this instanceof Unrecognized ? this : with(entry().marked(RegistryChange.TOKEN_LOCKED, now));
        }

        @Override
        default boolean mayEnroll() {
            return switch (this) {
                case Registered _, Enrolled _ -> true;
                case Suspended _, Quarantined _, Decommissioned _, Unrecognized _ -> false;
            };
        }
    }

    /// Entered, no certificate issued yet.
    record Registered(DeviceEntry entry) implements Known {

        @Override
        public Registered with(DeviceEntry entry) {
            return new Registered(entry);
        }
    }

    /// At least one certificate has been issued.
    record Enrolled(DeviceEntry entry) implements Known {

        @Override
        public Enrolled with(DeviceEntry entry) {
            return new Enrolled(entry);
        }
    }

    /// Taken out by a person: what it asks for is refused.
    ///
    /// @param former the state that it comes back to
    record Suspended(DeviceEntry entry, String reason, Former former) implements Known {

        @Override
        public Suspended with(DeviceEntry entry) {
            return new Suspended(entry, reason, former);
        }
    }

    /// Known, not trusted: what it asks for waits for a person.
    ///
    /// @param former the state that it comes back to; never quarantine
    record Quarantined(DeviceEntry entry, String reason, Former former) implements Known {

        public Quarantined {
            if (former == Former.QUARANTINED) {
                throw new IllegalArgumentException("former: quarantine does not end in quarantine");
            }
        }

        @Override
        public Quarantined with(DeviceEntry entry) {
            return new Quarantined(entry, reason, former);
        }
    }

    /// At the end of its life. What was claimed for its keys stays so for ever.
    record Decommissioned(DeviceEntry entry, String reason) implements Known {

        @Override
        public Decommissioned with(DeviceEntry entry) {
            return new Decommissioned(entry, reason);
        }
    }

    /// In a state that a newer version of this service wrote and this one does not know: nothing is done
    /// with it, and it is never written, or the state would be lost.
    record Unrecognized(DeviceEntry entry) implements Known {

        @Override
        public Unrecognized with(DeviceEntry entry) {
            return new Unrecognized(entry);
        }
    }

    /// The state that a device comes back to from suspension or quarantine.
    enum Former {
        REGISTERED,
        ENROLLED,
        /// Of a suspended device that was in quarantine: suspension does not launder it.
        QUARANTINED;

        /// The state itself.
        ///
        /// @param reason why it is in quarantine, if it is
        Known state(DeviceEntry entry, String reason) {
            return switch (this) {
                case REGISTERED -> new Registered(entry);
                case ENROLLED -> new Enrolled(entry);
                case QUARANTINED ->
                    new Quarantined(entry, reason, entry.certificateNotAfter() == null ? REGISTERED : ENROLLED);
            };
        }

        /// The same for a device that has to enroll anew.
        Former anew() {
            return this == ENROLLED ? REGISTERED : this;
        }

        /// The same for a device that has got a certificate.
        Former certified() {
            return this == REGISTERED ? ENROLLED : this;
        }
    }
}
