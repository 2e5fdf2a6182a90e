package dev.evenroll.cli.trust;

import java.util.Locale;

/// Where the key of a local stack's issuing CA is kept.
public enum CaKey {

    /// In a token of SoftHSM2, as in an HSM: it can not be copied from there.
    TOKEN,

    /// In a PKCS#12 file.
    FILE;

    /// As it is written on a command line.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
