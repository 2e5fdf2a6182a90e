package dev.evenroll.hsm.pkcs11;

import static dev.evenroll.hsm.pkcs11.TokenFault.DEVICE_FAILED;
import static dev.evenroll.hsm.pkcs11.TokenFault.DEVICE_REMOVED;
import static dev.evenroll.hsm.pkcs11.TokenFault.KEY_REFUSED;
import static dev.evenroll.hsm.pkcs11.TokenFault.MECHANISM_REFUSED;
import static dev.evenroll.hsm.pkcs11.TokenFault.PIN_NOT_SET;
import static dev.evenroll.hsm.pkcs11.TokenFault.PIN_REFUSED;
import static dev.evenroll.hsm.pkcs11.TokenFault.SESSION_LOST;
import static dev.evenroll.hsm.pkcs11.TokenFault.TOO_MANY_SESSIONS;

import java.util.Arrays;
import java.util.Optional;

/// What a function of a token's library answers (CK_RV, PKCS#11 v2.40 section 5.1), as far as it tells us something.
///
/// What does not stand here, a vendor's own codes among them, is a device that failed: the token is then closed and
/// opened again, which harms nothing.
enum ReturnValue {
    CKR_HOST_MEMORY(0x02, DEVICE_FAILED),
    CKR_SLOT_ID_INVALID(0x03, DEVICE_REMOVED),
    CKR_GENERAL_ERROR(0x05, DEVICE_FAILED),
    CKR_FUNCTION_FAILED(0x06, DEVICE_FAILED),
    CKR_ARGUMENTS_BAD(0x07, DEVICE_FAILED),
    CKR_CANT_LOCK(0x0A, DEVICE_FAILED),
    CKR_ATTRIBUTE_READ_ONLY(0x10, DEVICE_FAILED),
    CKR_ATTRIBUTE_SENSITIVE(0x11, DEVICE_FAILED),
    CKR_ATTRIBUTE_TYPE_INVALID(0x12, DEVICE_FAILED),
    CKR_ACTION_PROHIBITED(0x1B, DEVICE_FAILED),
    CKR_DATA_LEN_RANGE(0x21, MECHANISM_REFUSED),
    CKR_DEVICE_ERROR(0x30, DEVICE_FAILED),
    CKR_DEVICE_MEMORY(0x31, DEVICE_FAILED),
    CKR_DEVICE_REMOVED(0x32, DEVICE_REMOVED),
    CKR_FUNCTION_NOT_SUPPORTED(0x54, MECHANISM_REFUSED),
    // A handle is good as long as its opening: the key itself may still be there.
    CKR_KEY_HANDLE_INVALID(0x60, SESSION_LOST),
    CKR_KEY_SIZE_RANGE(0x62, MECHANISM_REFUSED),
    CKR_KEY_TYPE_INCONSISTENT(0x63, MECHANISM_REFUSED),
    CKR_KEY_FUNCTION_NOT_PERMITTED(0x68, KEY_REFUSED),
    CKR_MECHANISM_INVALID(0x70, MECHANISM_REFUSED),
    CKR_MECHANISM_PARAM_INVALID(0x71, MECHANISM_REFUSED),
    CKR_OBJECT_HANDLE_INVALID(0x82, SESSION_LOST),
    CKR_OPERATION_ACTIVE(0x90, SESSION_LOST),
    CKR_OPERATION_NOT_INITIALIZED(0x91, SESSION_LOST),
    CKR_PIN_INCORRECT(0xA0, PIN_REFUSED),
    CKR_PIN_INVALID(0xA1, PIN_REFUSED),
    CKR_PIN_LEN_RANGE(0xA2, PIN_REFUSED),
    CKR_PIN_EXPIRED(0xA3, PIN_REFUSED),
    CKR_PIN_LOCKED(0xA4, PIN_REFUSED),
    CKR_SESSION_CLOSED(0xB0, SESSION_LOST),
    CKR_SESSION_COUNT(0xB1, TOO_MANY_SESSIONS),
    CKR_SESSION_HANDLE_INVALID(0xB3, SESSION_LOST),
    CKR_TOKEN_NOT_PRESENT(0xE0, DEVICE_REMOVED),
    CKR_TOKEN_NOT_RECOGNIZED(0xE1, DEVICE_REMOVED),
    CKR_USER_ALREADY_LOGGED_IN(0x100, SESSION_LOST),
    CKR_USER_NOT_LOGGED_IN(0x101, SESSION_LOST),
    CKR_USER_PIN_NOT_INITIALIZED(0x102, PIN_NOT_SET),
    CKR_BUFFER_TOO_SMALL(0x150, DEVICE_FAILED),
    CKR_CRYPTOKI_NOT_INITIALIZED(0x190, SESSION_LOST),
    CKR_CRYPTOKI_ALREADY_INITIALIZED(0x191, SESSION_LOST);

    static final long CKR_OK = 0;

    private final long code;
    private final TokenFault fault;

    ReturnValue(long code, TokenFault fault) {
        this.code = code;
        this.fault = fault;
    }

    long code() {
        return code;
    }

    static TokenFault fault(long code) {
        return find(code).map(value -> value.fault).orElse(DEVICE_FAILED);
    }

    /// The name of the standard, or the number.
    static String name(long code) {
        return find(code).map(ReturnValue::name).orElseGet(() -> "CKR 0x" + Long.toHexString(code));
    }

    private static Optional<ReturnValue> find(long code) {
        return Arrays.stream(values()).filter(value -> value.code == code).findFirst();
    }
}
