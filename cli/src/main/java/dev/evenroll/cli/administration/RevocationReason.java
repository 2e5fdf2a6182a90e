package dev.evenroll.cli.administration;

/// Why a certificate is revoked: the CRLReason of RFC 5280 section 5.3.1, as far as a person may give it.
public enum RevocationReason {
    UNSPECIFIED("unspecified"),
    KEY_COMPROMISE("keyCompromise"),
    AFFILIATION_CHANGED("affiliationChanged"),
    SUPERSEDED("superseded"),
    CESSATION_OF_OPERATION("cessationOfOperation"),
    PRIVILEGE_WITHDRAWN("privilegeWithdrawn");

    private final String text;

    RevocationReason(String text) {
        this.text = text;
    }

    /// Its name in the standard.
    @Override
    public String toString() {
        return text;
    }
}
