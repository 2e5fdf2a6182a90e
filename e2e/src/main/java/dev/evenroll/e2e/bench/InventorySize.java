package dev.evenroll.e2e.bench;

/// How large a measurement of the inventory is.
///
/// @param certificates in the inventory at the end
/// @param due renewals that are due at a moment
/// @param rounds moments at each size, and certificates that are revoked one by one
record InventorySize(int certificates, int due, int rounds) {

    /// Moments with a tenth of the certificates whose cost is not counted.
    static final int WARM_UPS = 2;

    /// The first hundredth of the certificates; with them nothing is due, they tell how fast the machine is.
    int hundredth() {
        return certificates / 100;
    }

    int tenth() {
        return certificates / 10;
    }

    /// The most renewals that can be due at each moment: with a tenth of the certificates each device is due once.
    int mostDue() {
        return (tenth() - hundredth()) / (WARM_UPS + rounds);
    }
}
