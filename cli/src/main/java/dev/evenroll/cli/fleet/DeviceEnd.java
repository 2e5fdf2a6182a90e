package dev.evenroll.cli.fleet;

import java.util.Optional;

/// A device of the plan and how it ended.
public record DeviceEnd(PlannedDevice device, Ending ending) {

    /// Not let in at all: says nothing about what a device asked for.
    private static final int UNAUTHENTICATED = 401;

    /// What is wrong with this end, in a sentence; empty when it is as it should be.
    Optional<String> unexpected() {
        var expected = device.kind().mustBeIssued() ? "issued" : "refused";
        boolean asExpected = switch (ending) {
            case Ending.Issued _ -> device.kind().mustBeIssued();
            case Ending.Refused refused -> !device.kind().mustBeIssued() && refused.status() != UNAUTHENTICATED;
            case Ending.Unanswered _ -> false;
        };
        return asExpected
                ? Optional.empty()
                : Optional.of(device.deviceId() + " (" + device.kind().words() + ") should have been " + expected
                        + ", but was " + ending.words());
    }
}
