package dev.evenroll.cli.command;

import picocli.CommandLine.Command;

/// `evenroll device`: the registry.
@Command(
        name = "device",
        description = "Registers devices, and shows those that are registered.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DeviceRegisterCommand.class, DeviceListCommand.class, DeviceShowCommand.class})
public final class DeviceCommand {}
