package dev.evenroll.validator.streams;

import java.util.List;

/// What a processor does with one kind of event.
interface EventHandler<T> {

    /// Applies the event to the stores.
    ///
    /// @param key record key
    /// @return the events that follow, in order
    /// @throws UnusableException when the record is not what may stand on its topic; nothing has been changed
    ///     then
    List<Emission> handle(String key, T event) throws UnusableException;
}
