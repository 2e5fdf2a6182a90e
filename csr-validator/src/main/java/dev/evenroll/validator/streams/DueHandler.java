package dev.evenroll.validator.streams;

import java.util.List;

/// A handler that has something to do when time has passed.
interface DueHandler {

    /// Does what is due now. Costs what is due, not what is remembered.
    ///
    /// @return the events that follow, in order
    List<Emission> due();
}
