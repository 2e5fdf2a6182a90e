package dev.evenroll.validator.registry;

import dev.evenroll.pki.Failure;
import dev.evenroll.validator.registry.DeviceLife.Decommissioned;
import dev.evenroll.validator.registry.DeviceLife.Enrolled;
import dev.evenroll.validator.registry.DeviceLife.Former;
import dev.evenroll.validator.registry.DeviceLife.Known;
import dev.evenroll.validator.registry.DeviceLife.Quarantined;
import dev.evenroll.validator.registry.DeviceLife.Registered;
import dev.evenroll.validator.registry.DeviceLife.Suspended;
import dev.evenroll.validator.registry.DeviceLife.Unrecognized;
import java.time.Instant;
import java.util.List;

/// The transitions of a known device: the table of [DeviceLife] as code.
final class Transitions {

    private Transitions() {}

    static Known apply(Known device, DeviceCommand command, Instant now) {
        if (device instanceof Unrecognized
                || device.entry().resultOf(command.commandId()).isPresent()) {
            return device;
        }
        var objections = objections(device.entry(), command);
        return objections.isEmpty() ? obey(device, command, now) : refuse(device, command, objections, now);
    }

    static Known refuse(Known device, DeviceCommand command, List<Failure> refusals, Instant now) {
        return device instanceof Unrecognized
                        || device.entry().resultOf(command.commandId()).isPresent()
                ? device
                : device.with(device.entry().refused(command, refusals, now));
    }

    private static List<Failure> objections(DeviceEntry entry, DeviceCommand command) {
        if (entry.contradicts(command.commandId())) {
            return List.of(CommandRule.idempotencyConflict());
        }
        var expected = command.expectedRevision();
        if (expected == null || expected == entry.revision()) {
            return List.of();
        }
        var wanted = expected == 0
                ? "and the device was to be new"
                : expected == DeviceCommand.Order.NO_REVISION ? "which the call is not for" : "not " + expected;
        return List.of(new Failure(
                CommandRule.REVISION_CONFLICT,
                "revision: is " + entry.revision() + ", " + wanted + "; read the device again and decide anew"));
    }

    private static Known obey(Known device, DeviceCommand command, Instant now) {
        return switch (command) {
            case DeviceCommand.Register register -> register(device, register, now);
            case DeviceCommand.Update update ->
                describe(device, update, update.registration(), RegistryChange.UPDATED, "describe it anew", now);
            case DeviceCommand.Transfer transfer ->
                describe(
                        device,
                        transfer,
                        device.entry().registration().transferred(transfer.owner(), transfer.site()),
                        RegistryChange.TRANSFERRED,
                        "transfer it",
                        now);
            case DeviceCommand.Suspend suspend -> suspend(device, suspend, now);
            case DeviceCommand.Quarantine quarantine -> quarantine(device, quarantine, now);
            case DeviceCommand.Resume resume -> resume(device, resume, now);
            case DeviceCommand.Decommission decommission -> decommission(device, decommission, now);
            case DeviceCommand.CreateToken create -> createToken(device, create, now);
            case DeviceCommand.DecideEnrollment decide -> decide(device, decide, now);
        };
    }

    private static Known register(Known device, DeviceCommand.Register command, Instant now) {
        var entry = device.entry();
        if (device instanceof Decommissioned) {
            return new Registered(
                    entry.reborn(command.registration(), now).obeyed(command, RegistryChange.REGISTERED, now));
        }
        var refusals = entry.registration().differencesFrom(command.registration()).stream()
                .map(difference -> new Failure(CommandRule.REGISTERED_DIFFERENTLY, difference.sentence()))
                .toList();
        return refusals.isEmpty() ? same(device, command, now) : refuse(device, command, refusals, now);
    }

    private static Known describe(
            Known device, DeviceCommand command, Registration as, RegistryChange change, String purpose, Instant now) {
        var entry = device.entry();
        if (device instanceof Decommissioned) {
            return decommissioned(device, command, purpose, now);
        }
        if (entry.registration().equals(as)) {
            return same(device, command, now);
        }
        var described = entry.described(as).obeyed(command, change, now);
        return entry.registration().owner().equals(as.owner()) ? device.with(described) : anew(device, described);
    }

    private static Known anew(Known device, DeviceEntry entry) {
        return switch (device) {
            case Registered _, Enrolled _ -> new Registered(entry);
            case Suspended suspended ->
                new Suspended(entry, suspended.reason(), suspended.former().anew());
            case Quarantined quarantined ->
                new Quarantined(
                        entry, quarantined.reason(), quarantined.former().anew());
            case Decommissioned _, Unrecognized _ -> device.with(entry);
        };
    }

    private static Known suspend(Known device, DeviceCommand.Suspend command, Instant now) {
        var suspended = device.entry().obeyed(command, RegistryChange.SUSPENDED, now);
        return switch (device) {
            case Registered _ -> new Suspended(suspended, command.reason(), Former.REGISTERED);
            case Enrolled _ -> new Suspended(suspended, command.reason(), Former.ENROLLED);
            case Quarantined _ -> new Suspended(suspended, command.reason(), Former.QUARANTINED);
            case Suspended _ -> same(device, command, now);
            case Decommissioned _ -> decommissioned(device, command, "suspend it", now);
            case Unrecognized _ -> device;
        };
    }

    private static Known quarantine(Known device, DeviceCommand.Quarantine command, Instant now) {
        var quarantined = device.entry().obeyed(command, RegistryChange.QUARANTINED, now);
        return switch (device) {
            case Registered _ -> new Quarantined(quarantined, command.reason(), Former.REGISTERED);
            case Enrolled _ -> new Quarantined(quarantined, command.reason(), Former.ENROLLED);
            case Suspended _ -> suspended(device, command, "put it in quarantine", now);
            case Quarantined _ -> same(device, command, now);
            case Decommissioned _ -> decommissioned(device, command, "put it in quarantine", now);
            case Unrecognized _ -> device;
        };
    }

    private static Known resume(Known device, DeviceCommand.Resume command, Instant now) {
        var resumed = device.entry().obeyed(command, RegistryChange.RESUMED, now);
        return switch (device) {
            case Registered _, Enrolled _ -> same(device, command, now);
            case Suspended suspended -> suspended.former().state(resumed, "was in quarantine before it was suspended");
            case Quarantined quarantined -> quarantined.former().state(resumed, quarantined.reason());
            case Decommissioned _ -> decommissioned(device, command, "resume it", now);
            case Unrecognized _ -> device;
        };
    }

    private static Known decommission(Known device, DeviceCommand.Decommission command, Instant now) {
        return device instanceof Decommissioned
                ? same(device, command, now)
                : new Decommissioned(
                        device.entry().obeyed(command, RegistryChange.DECOMMISSIONED, now), command.reason());
    }

    private static Known createToken(Known device, DeviceCommand.CreateToken command, Instant now) {
        return switch (device) {
            case Registered _, Enrolled _, Quarantined _ ->
                device.entry().registration().enrollmentModels().contains(EnrollmentModel.FIELD)
                        ? device.with(device.entry().noted(command, RegistryChange.TOKEN_CREATED, now))
                        : refuse(
                                device,
                                command,
                                List.of(new Failure(
                                        CommandRule.ENROLLMENT_MODEL,
                                        "enrollmentModels: field is not among them; "
                                                + "allow it before you create a token")),
                                now);
            case Suspended _ -> suspended(device, command, "create a token", now);
            case Decommissioned _ -> decommissioned(device, command, "create a token", now);
            case Unrecognized _ -> device;
        };
    }

    private static Known decide(Known device, DeviceCommand.DecideEnrollment command, Instant now) {
        if (command.approved() && device instanceof Suspended) {
            return suspended(device, command, "approve its enrollment", now);
        }
        return command.approved() && device instanceof Decommissioned
                ? decommissioned(device, command, "approve its enrollment", now)
                : device.with(device.entry().noted(command, RegistryChange.ENROLLMENT_DECIDED, now));
    }

    private static Known same(Known device, DeviceCommand command, Instant now) {
        return device.with(device.entry().noted(command, RegistryChange.COMMAND_REPEATED, now));
    }

    private static Known suspended(Known device, DeviceCommand command, String purpose, Instant now) {
        return conflict(device, command, "is suspended; resume the device before you " + purpose, now);
    }

    private static Known decommissioned(Known device, DeviceCommand command, String purpose, Instant now) {
        return conflict(device, command, "is decommissioned; register the device anew before you " + purpose, now);
    }

    private static Known conflict(Known device, DeviceCommand command, String reason, Instant now) {
        return refuse(device, command, List.of(new Failure(CommandRule.STATE_CONFLICT, "state: " + reason)), now);
    }

    static Known certified(Known device, Instant now, Instant notAfter) {
        var before = device.entry().certificateNotAfter();
        var until = before == null || notAfter.isAfter(before) ? notAfter : before;
        if (device instanceof Unrecognized || (until.equals(before) && !(device instanceof Registered))) {
            return device;
        }
        var entry = device.entry().certifiedUntil(until).changed(RegistryChange.CERTIFIED, now);
        return switch (device) {
            case Registered _, Enrolled _ -> new Enrolled(entry);
            case Suspended suspended ->
                new Suspended(entry, suspended.reason(), suspended.former().certified());
            case Quarantined quarantined ->
                new Quarantined(
                        entry, quarantined.reason(), quarantined.former().certified());
            case Decommissioned _, Unrecognized _ -> device.with(entry);
        };
    }

    static Known used(Known device, Instant notBefore) {
        var before = device.entry().installedNotBefore();
        return device instanceof Unrecognized || (before != null && !notBefore.isAfter(before))
                ? device
                : device.with(device.entry().installed(notBefore));
    }
}
