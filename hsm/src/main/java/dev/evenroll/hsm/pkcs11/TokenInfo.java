package dev.evenroll.hsm.pkcs11;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// What a token says about itself (CK_TOKEN_INFO), as far as we ask.
///
/// @param label without the blanks that it is padded with
/// @param initialized whether it has been made a token: one that was not has no label
/// @param loginRequired whether private keys are seen only after a login
/// @param userPinSet whether somebody has set a user PIN, without which nobody can sign
/// @param pinLocked whether every PIN is refused until the security officer has set a new one
record TokenInfo(String label, boolean initialized, boolean loginRequired, boolean userPinSet, boolean pinLocked) {

    static final long BYTES = 208;

    private static final int LABEL_BYTES = 32;
    private static final long FLAGS = 96;

    private static final long CKF_LOGIN_REQUIRED = 0x04;
    private static final long CKF_USER_PIN_INITIALIZED = 0x08;
    private static final long CKF_TOKEN_INITIALIZED = 0x400;
    private static final long CKF_USER_PIN_LOCKED = 0x40000;

    static TokenInfo read(MemorySegment info) {
        var label = new String(info.asSlice(0, LABEL_BYTES).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
        long flags = info.get(JAVA_LONG, FLAGS);
        return new TokenInfo(
                label.replace("\0", "").stripTrailing(),
                (flags & CKF_TOKEN_INITIALIZED) != 0,
                (flags & CKF_LOGIN_REQUIRED) != 0,
                (flags & CKF_USER_PIN_INITIALIZED) != 0,
                (flags & CKF_USER_PIN_LOCKED) != 0);
    }
}
