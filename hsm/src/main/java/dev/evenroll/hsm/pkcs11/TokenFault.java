package dev.evenroll.hsm.pkcs11;

import java.util.Locale;

/// The kinds of trouble with a token, as they are counted. Each says what to do.
public enum TokenFault {
    TOKEN_MISSING("connect the token, or correct pkcs11.token-label of the CA"),
    PIN_REFUSED("write the right PIN in the PIN file"),
    PIN_NOT_SET("let the token's security officer set a user PIN (C_InitPIN), and write that in the PIN file"),
    PIN_UNREADABLE("give this process its PIN file back"),
    KEY_MISSING("make the key in the token, or correct pkcs11.key-label of the CA"),
    KEY_REFUSED("make a key in the token that can not leave it, and have it certified"),
    TOO_MANY_SESSIONS("lower pkcs11.sessions of the CA to what the token allows"),
    MECHANISM_REFUSED("use a CA key of a kind that the token can sign with"),
    SESSION_LOST("the token is opened again by itself"),
    DEVICE_REMOVED("connect the token again; it is then opened by itself"),
    DEVICE_FAILED("look in the log of the token; it is opened again by itself"),
    SLOW("look at the load and the connection of the token; the call can not be cancelled");

    private final String advice;

    TokenFault(String advice) {
        this.advice = advice;
    }

    /// What to do, the second half of a sentence.
    String advice() {
        return advice;
    }

    /// As it stands in metrics and in the documentation: `token-missing`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether a use of the token just after it was opened again may succeed.
    boolean mayPassAtOnce() {
        return this == SESSION_LOST || this == DEVICE_REMOVED || this == DEVICE_FAILED;
    }
}
