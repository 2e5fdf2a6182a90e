package dev.evenroll.policy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whom a policy is for. Every criterion that is given must hold; an empty or absent one asks for
/// nothing.
///
/// @param manufacturers one of these
/// @param models one of these; a device whose model nobody knows is none of them
/// @param serialNumbers one of these describes the whole serial number
/// @param allowList the serial number is listed
/// @param addresses the request came from one of these networks
/// @param from not before this
/// @param until before this
public record Match(
        Set<String> manufacturers,
        Set<String> models,
        List<SerialPattern> serialNumbers,
        @Nullable AllowList allowList,
        List<Network> addresses,
        @Nullable Instant from,
        @Nullable Instant until) {

    public Match {
        manufacturers = Set.copyOf(manufacturers);
        models = Set.copyOf(models);
        serialNumbers = List.copyOf(serialNumbers);
        addresses = List.copyOf(addresses);
    }

    boolean holds(PolicyFacts facts) {
        return (manufacturers.isEmpty() || manufacturers.contains(facts.manufacturer()))
                && (models.isEmpty() || (facts.model() != null && models.contains(facts.model())))
                && (from == null || !facts.at().isBefore(from))
                && (until == null || facts.at().isBefore(until))
                && (allowList == null || allowList.contains(facts.deviceId()))
                && (addresses.isEmpty() || cameFromOneOf(addresses, facts.remoteAddress()))
                && (serialNumbers.isEmpty()
                        || serialNumbers.stream().anyMatch(pattern -> pattern.matches(facts.deviceId())));
    }

    private static boolean cameFromOneOf(List<Network> networks, String remoteAddress) {
        return Network.address(remoteAddress)
                .map(address -> networks.stream().anyMatch(network -> network.contains(address)))
                .orElse(false);
    }

    /// Whether this one surely holds wherever the other does: a later policy with such a match is never
    /// reached.
    boolean covers(Match other) {
        return coversSet(manufacturers, other.manufacturers)
                && coversSet(models, other.models)
                && (serialNumbers.isEmpty()
                        || (!other.serialNumbers.isEmpty() && serialNumbers.containsAll(other.serialNumbers)))
                && (allowList == null || (other.allowList != null && allowList.containsAll(other.allowList)))
                && coversNetworks(other.addresses)
                && (from == null || (other.from != null && !other.from.isBefore(from)))
                && (until == null || (other.until != null && !other.until.isAfter(until)));
    }

    private static boolean coversSet(Set<String> mine, Set<String> theirs) {
        return mine.isEmpty() || (!theirs.isEmpty() && mine.containsAll(theirs));
    }

    private boolean coversNetworks(List<Network> theirs) {
        return addresses.isEmpty()
                || (!theirs.isEmpty()
                        && theirs.stream()
                                .allMatch(network -> addresses.stream().anyMatch(mine -> mine.covers(network))));
    }

    /// Whether it asks for nothing at all, and so is for every request.
    public boolean isForEverybody() {
        return manufacturers.isEmpty()
                && models.isEmpty()
                && serialNumbers.isEmpty()
                && allowList == null
                && addresses.isEmpty()
                && from == null
                && until == null;
    }
}
