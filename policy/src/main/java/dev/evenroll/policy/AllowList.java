package dev.evenroll.policy;

import java.util.Set;

/// Serial numbers that are let in.
///
/// @param source the file that they stand in, as the policy names it; empty when they stand in the
///     policy itself
public record AllowList(String source, Set<String> serialNumbers) {

    public AllowList {
        serialNumbers = Set.copyOf(serialNumbers);
    }

    boolean contains(String serialNumber) {
        return serialNumbers.contains(serialNumber);
    }

    boolean containsAll(AllowList other) {
        return serialNumbers.size() >= other.serialNumbers.size() && serialNumbers.containsAll(other.serialNumbers);
    }

    /// Without the serial numbers: there may be a million.
    @Override
    public String toString() {
        return "AllowList[" + source + ", " + serialNumbers.size() + " serial numbers]";
    }
}
