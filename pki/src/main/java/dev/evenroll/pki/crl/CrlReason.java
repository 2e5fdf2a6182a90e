package dev.evenroll.pki.crl;

import java.util.Arrays;
import java.util.Optional;

/// Why a certificate was revoked (RFC 5280 section 5.3.1). The value 7 is not used.
public enum CrlReason {
    UNSPECIFIED(0, "unspecified"),
    KEY_COMPROMISE(1, "keyCompromise"),
    CA_COMPROMISE(2, "cACompromise"),
    AFFILIATION_CHANGED(3, "affiliationChanged"),
    SUPERSEDED(4, "superseded"),
    CESSATION_OF_OPERATION(5, "cessationOfOperation"),
    CERTIFICATE_HOLD(6, "certificateHold"),
    REMOVE_FROM_CRL(8, "removeFromCRL"),
    PRIVILEGE_WITHDRAWN(9, "privilegeWithdrawn"),
    AA_COMPROMISE(10, "aACompromise");

    private final int code;
    private final String text;

    CrlReason(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /// The value of the ENUMERATED.
    public int code() {
        return code;
    }

    /// The name in the standard.
    public String text() {
        return text;
    }

    public static Optional<CrlReason> ofCode(int code) {
        return Arrays.stream(values()).filter(reason -> reason.code == code).findFirst();
    }

    /// Finds a reason by its name in the standard, for example `keyCompromise`.
    public static Optional<CrlReason> named(String text) {
        return Arrays.stream(values())
                .filter(reason -> reason.text.equals(text))
                .findFirst();
    }
}
