package dev.evenroll.validator.registry;

import java.time.Instant;

/// Where a device is in its life, as the registry sees it.
///
/// | state | register, first time | register, the same again | register, differently | certificate issued |
/// |---|---|---|---|---|
/// | [Unregistered] | [Registered], revision 1 | - | - | not possible |
/// | [Registered] | - | unchanged, command applied | unchanged, command refused | [Enrolled], revision + 1 |
/// | [Enrolled] | - | unchanged, command applied | unchanged, command refused | unchanged |
/// | [Unrecognized] | - | unchanged, command applied | unchanged, command refused | unchanged |
///
/// A command whose id is that of the last one changes nothing at all: the same instance is returned.
public sealed interface DeviceLife {

    /// Applies the command to register the device.
    Known register(RegisterCommand command, Instant now);

    /// Whether the device may be given a certificate, as far as its state goes.
    boolean mayEnroll();

    /// The device is not in the registry.
    record Unregistered() implements DeviceLife {

        @Override
        public Known register(RegisterCommand command, Instant now) {
            return new Registered(DeviceEntry.first(command, now));
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

        /// What a certificate that was issued for the device makes of it.
        Known certified(Instant now);

        @Override
        default Known register(RegisterCommand command, Instant now) {
            return entry().lastCommand().commandId().equals(command.commandId())
                    ? this
                    : with(entry().answered(command, now));
        }
    }

    /// Entered, no certificate issued yet.
    record Registered(DeviceEntry entry) implements Known {

        @Override
        public Registered with(DeviceEntry entry) {
            return new Registered(entry);
        }

        @Override
        public Enrolled certified(Instant now) {
            return new Enrolled(entry.changed(now));
        }

        @Override
        public boolean mayEnroll() {
            return true;
        }
    }

    /// At least one certificate has been issued.
    record Enrolled(DeviceEntry entry) implements Known {

        @Override
        public Enrolled with(DeviceEntry entry) {
            return new Enrolled(entry);
        }

        @Override
        public Enrolled certified(Instant now) {
            return this;
        }

        @Override
        public boolean mayEnroll() {
            return true;
        }
    }

    /// In a state that a newer version of this service wrote and this one does not know: it may not enroll.
    record Unrecognized(DeviceEntry entry) implements Known {

        @Override
        public Unrecognized with(DeviceEntry entry) {
            return new Unrecognized(entry);
        }

        @Override
        public Unrecognized certified(Instant now) {
            return this;
        }

        @Override
        public boolean mayEnroll() {
            return false;
        }
    }
}
