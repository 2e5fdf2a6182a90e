package dev.evenroll.policy;

import static dev.evenroll.policy.PolicyFormat.ADDRESS;
import static dev.evenroll.policy.PolicyFormat.ALLOW_LIST;
import static dev.evenroll.policy.PolicyFormat.FROM;
import static dev.evenroll.policy.PolicyFormat.MANUFACTURER;
import static dev.evenroll.policy.PolicyFormat.MODEL;
import static dev.evenroll.policy.PolicyFormat.SERIAL_NUMBER;
import static dev.evenroll.policy.PolicyFormat.UNTIL;

import dev.evenroll.policy.yaml.Section;
import dev.evenroll.policy.yaml.Values;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads whom a policy is for.
final class MatchReader {

    private static final int LONGEST_NAME = 64;

    private MatchReader() {}

    /// Empty when a criterion is unusable: without it the policy would be for more devices than was
    /// meant.
    static Optional<Match> read(Section criteria, AllowListFiles files) {
        var manufacturers = criteria.values(MANUFACTURER, Values.text(LONGEST_NAME));
        var models = criteria.values(MODEL, Values.text(LONGEST_NAME));
        var serialNumbers = criteria.values(SERIAL_NUMBER, SerialPattern::parse);
        var allowList = criteria.isList(ALLOW_LIST)
                ? criteria.values(ALLOW_LIST, Values::serialNumber)
                        .map(listed -> new AllowList("", new HashSet<>(listed)))
                : criteria.value(ALLOW_LIST, files::read);
        var addresses = criteria.values(ADDRESS, Network::parse);
        var from = criteria.value(FROM, Values::instant).orElse(null);
        var until = criteria.value(UNTIL, Values::instant).orElse(null);
        boolean complete = criteria.has(MANUFACTURER) == manufacturers.isPresent()
                && criteria.has(MODEL) == models.isPresent()
                && criteria.has(SERIAL_NUMBER) == serialNumbers.isPresent()
                && criteria.has(ALLOW_LIST) == allowList.isPresent()
                && criteria.has(ADDRESS) == addresses.isPresent()
                && criteria.has(FROM) == (from != null)
                && criteria.has(UNTIL) == (until != null)
                && inOrder(criteria, from, until);
        return complete
                ? Optional.of(new Match(
                        Set.copyOf(manufacturers.orElse(List.of())),
                        Set.copyOf(models.orElse(List.of())),
                        serialNumbers.orElse(List.of()),
                        allowList.orElse(null),
                        addresses.orElse(List.of()),
                        from,
                        until))
                : Optional.empty();
    }

    private static boolean inOrder(Section criteria, @Nullable Instant from, @Nullable Instant until) {
        boolean inOrder = from == null || until == null || from.isBefore(until);
        if (!inOrder) {
            criteria.problem(UNTIL, until + " is not after from, " + from + "; the policy would never hold");
        }
        return inOrder;
    }
}
