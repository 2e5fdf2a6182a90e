package dev.evenroll.validator.streams;

import dev.evenroll.pki.Failure;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceLife;
import java.util.List;

/// What a command means beside the registry: for the stores of tokens and of enrollments. Owner: the task.
///
/// Called in the transaction of the command.
interface CommandConsequences {

    /// Why the command can not be carried out, as far as those stores go; empty when it can. Nothing is
    /// changed. May be asked about a command that has been carried out before.
    List<Failure> objections(DeviceCommand command);

    /// Carries the command out in those stores: once for each command that the registry has applied, after
    /// the registry has kept its result.
    ///
    /// @param before the device before the command
    /// @param device the device as the command left it
    /// @return the events that follow, in order
    List<Emission> follow(DeviceCommand command, DeviceLife before, DeviceLife.Known device);

    /// Whether what the device was given before counts no more: it has another owner, or its life has
    /// ended, or begins.
    static boolean beginsAnew(DeviceLife before, DeviceLife.Known device) {
        return device instanceof DeviceLife.Decommissioned
                || before instanceof DeviceLife.Decommissioned
                || !(before instanceof DeviceLife.Known known
                        && known.entry()
                                .registration()
                                .owner()
                                .equals(device.entry().registration().owner()));
    }
}
