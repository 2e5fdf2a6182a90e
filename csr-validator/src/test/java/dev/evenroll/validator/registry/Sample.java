package dev.evenroll.validator.registry;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.validator.registry.DeviceCommand.Order;
import dev.evenroll.validator.registry.DeviceLife.Former;
import java.time.Instant;
import java.util.Set;

/// Devices and commands by name, for tables.
final class Sample {

    static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
    static final Instant END = T0.plusSeconds(1000);
    static final DeviceId EVR_1 = new DeviceId("EVR-1");
    static final Registration REGISTRATION = new Registration(
                    "acme", "Wallbox", "CS-1", "Charge Here Ltd", "Car park 3")
            .with(Set.of(EnrollmentModel.FACTORY, EnrollmentModel.FIELD));
    private static final String SHA256 = "ab".repeat(32);

    private Sample() {}

    static DeviceLife device(String state) {
        var registered = registered(REGISTRATION);
        var enrolled = registered.certified(T0, END);
        return switch (state) {
            case "unregistered" -> new DeviceLife.Unregistered();
            case "registered" -> registered;
            case "enrolled" -> enrolled;
            case "suspended" -> apply(enrolled, "suspend");
            case "suspended in quarantine" -> apply(apply(enrolled, "quarantine"), "suspend");
            case "quarantined" -> apply(enrolled, "quarantine");
            case "quarantined before" -> apply(registered, "quarantine");
            case "decommissioned" -> apply(enrolled, "decommission");
            case "unrecognized" -> new DeviceLife.Unrecognized(enrolled.entry());
            default -> throw new IllegalArgumentException(state);
        };
    }

    static DeviceLife.Known registered(Registration registration) {
        return (DeviceLife.Known) new DeviceLife.Unregistered()
                .apply(new DeviceCommand.Register(Order.of("c1", "alice", EVR_1), registration), T0);
    }

    private static DeviceLife.Known apply(DeviceLife device, String command) {
        return (DeviceLife.Known) device.apply(command(command, Order.of("before " + command, "alice", EVR_1)), T0);
    }

    static DeviceCommand command(String name, Order order) {
        var other = new Registration("acme", "Wallbox", "CS-2", "Charge Here Ltd", "Car park 4");
        return switch (name) {
            case "register the same" -> new DeviceCommand.Register(order, REGISTRATION);
            case "register differently" -> new DeviceCommand.Register(order, other);
            case "update the same" -> new DeviceCommand.Update(order, REGISTRATION);
            case "update" -> new DeviceCommand.Update(order, other);
            case "update the owner" -> new DeviceCommand.Update(order, REGISTRATION.transferred("Other Ltd", "Yard"));
            case "suspend" -> new DeviceCommand.Suspend(order, "stolen");
            case "quarantine" -> new DeviceCommand.Quarantine(order, "odd");
            case "resume" -> new DeviceCommand.Resume(order, "found");
            case "decommission" -> new DeviceCommand.Decommission(order, "scrapped");
            case "transfer to where it is" ->
                new DeviceCommand.Transfer(order, REGISTRATION.owner(), REGISTRATION.site());
            case "transfer to a site" -> new DeviceCommand.Transfer(order, REGISTRATION.owner(), "Yard");
            case "transfer to an owner" -> new DeviceCommand.Transfer(order, "Other Ltd", "Yard");
            case "token" -> new DeviceCommand.CreateToken(order, SHA256, END);
            case "approve" -> new DeviceCommand.DecideEnrollment(order, SHA256, true, "seen it");
            case "reject" -> new DeviceCommand.DecideEnrollment(order, SHA256, false, "not ours");
            default -> throw new IllegalArgumentException(name);
        };
    }

    /// A device in one line: state, what it comes back to, what made it so, revision; or why a command was
    /// refused.
    static String line(DeviceLife device) {
        if (!(device instanceof DeviceLife.Known known)) {
            return "UNREGISTERED";
        }
        var entry = known.entry();
        if (entry.change() == RegistryChange.COMMAND_REFUSED) {
            var refusals = entry.lastCommand().refusals().stream()
                    .map(refusal -> refusal.rule() + " " + refusal.message())
                    .toList();
            return "no: " + String.join("; ", refusals);
        }
        return state(known) + " " + entry.change() + " " + entry.revision();
    }

    private static String state(DeviceLife.Known device) {
        return switch (device) {
            case DeviceLife.Registered _ -> "REGISTERED";
            case DeviceLife.Enrolled _ -> "ENROLLED";
            case DeviceLife.Suspended it -> "SUSPENDED" + then(it.former()) + " (" + it.reason() + ")";
            case DeviceLife.Quarantined it -> "QUARANTINED" + then(it.former()) + " (" + it.reason() + ")";
            case DeviceLife.Decommissioned it -> "DECOMMISSIONED (" + it.reason() + ")";
            case DeviceLife.Unrecognized _ -> "UNRECOGNIZED";
        };
    }

    private static String then(Former former) {
        return switch (former) {
            case REGISTERED -> ">R";
            case ENROLLED -> ">E";
            case QUARANTINED -> ">Q";
        };
    }
}
