package dev.evenroll.cli.fleet;

import java.util.concurrent.atomic.AtomicInteger;

/// Whether it is worth waiting any longer: not when so many in a row have waited in vain. Otherwise a
/// pipeline that is down would be waited for by every device of a large fleet, one after another.
///
/// Safe for use by many threads.
final class Hope {

    private final int vainInARow;
    private final AtomicInteger vain = new AtomicInteger();

    /// Hope that lasts for a number of disappointments.
    Hope(int vainInARow) {
        this.vainInARow = vainInARow;
    }

    void answered() {
        vain.set(0);
    }

    void waitedInVain() {
        vain.incrementAndGet();
    }

    boolean lost() {
        return vain.get() >= vainInARow;
    }
}
