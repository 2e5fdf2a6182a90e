package dev.evenroll.cli.administration;

import java.util.List;
import java.util.Optional;

/// A part of a long list.
///
/// @param next what to ask for as `after` to get the next part; empty at the end
public record Page<T>(List<T> items, Optional<String> next) {
    public Page {
        items = List.copyOf(items);
    }
}
