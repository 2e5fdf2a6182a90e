package dev.evenroll.cli.command;

import picocli.CommandLine.Command;

/// `evenroll device`: the registry.
@Command(
        name = "device",
        description = "Registers devices, changes them, and shows those that are registered.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DeviceRegisterCommand.class,
            DeviceUpdateCommand.class,
            DeviceTransferCommand.class,
            DeviceStateCommands.Suspend.class,
            DeviceStateCommands.Quarantine.class,
            DeviceStateCommands.Resume.class,
            DeviceDecommissionCommand.class,
            DeviceImportCommand.class,
            DeviceExportCommand.class,
            DeviceListCommand.class,
            DeviceShowCommand.class
        })
public final class DeviceCommand {}
