package dev.evenroll.cli.command;

import dev.evenroll.cli.Terminal;
import java.io.PrintWriter;

/// A command that may ask a person before it goes on.
interface Asking {

    /// Where questions are written.
    PrintWriter err();

    /// The person in front of the command.
    Terminal terminal();
}
