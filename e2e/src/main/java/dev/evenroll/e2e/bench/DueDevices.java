package dev.evenroll.e2e.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/// The devices among those of a range whose renewals are due at a few moments, so many at each; evenly spread over the
/// range, so that they are not found together.
///
/// @param from number of the first device of the range
/// @param to number behind the last one
/// @param moments how many moments
/// @param each devices that are due at a moment; all together at most as many as there are
/// @param first when the first are due, a whole second
record DueDevices(int from, int to, int moments, int each, Instant first) {

    /// Between two moments: the inventory looks once a second.
    static final Duration APART = Duration.ofSeconds(2);

    DueDevices {
        if (all(moments, each) > to - from) {
            throw new IllegalArgumentException(
                    "due: " + all(moments, each) + " of the devices " + from + " to " + to + "; these are not so many");
        }
    }

    private static int all(int moments, int each) {
        return Math.multiplyExact(moments, each);
    }

    /// At which moment a device is due; empty when at none.
    OptionalInt moment(int number) {
        int all = all(moments, each);
        if (all == 0) {
            return OptionalInt.empty();
        }
        int stride = (to - from) / all;
        int place = number - from;
        return place % stride == 0 && place / stride < all
                ? OptionalInt.of(place / stride % moments)
                : OptionalInt.empty();
    }

    Instant at(int moment) {
        return first.plus(APART.multipliedBy(moment));
    }
}
