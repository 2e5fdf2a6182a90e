package dev.evenroll.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the answer of a token means. The codes are those of pkcs11t.h.
class ReturnValueTest {

    @ParameterizedTest
    @CsvSource({
        "0x05, CKR_GENERAL_ERROR, DEVICE_FAILED",
        "0x10, CKR_ATTRIBUTE_READ_ONLY, DEVICE_FAILED",
        "0x1B, CKR_ACTION_PROHIBITED, DEVICE_FAILED",
        "0x30, CKR_DEVICE_ERROR, DEVICE_FAILED",
        "0x32, CKR_DEVICE_REMOVED, DEVICE_REMOVED",
        "0x60, CKR_KEY_HANDLE_INVALID, SESSION_LOST",
        "0x63, CKR_KEY_TYPE_INCONSISTENT, MECHANISM_REFUSED",
        "0x70, CKR_MECHANISM_INVALID, MECHANISM_REFUSED",
        "0xA0, CKR_PIN_INCORRECT, PIN_REFUSED",
        "0xA4, CKR_PIN_LOCKED, PIN_REFUSED",
        "0xB1, CKR_SESSION_COUNT, TOO_MANY_SESSIONS",
        "0xB3, CKR_SESSION_HANDLE_INVALID, SESSION_LOST",
        "0xE0, CKR_TOKEN_NOT_PRESENT, DEVICE_REMOVED",
        "0x101, CKR_USER_NOT_LOGGED_IN, SESSION_LOST",
        "0x102, CKR_USER_PIN_NOT_INITIALIZED, PIN_NOT_SET",
        "0x190, CKR_CRYPTOKI_NOT_INITIALIZED, SESSION_LOST",
        "0x80000007, CKR 0x80000007, DEVICE_FAILED",
    })
    void hasANameAndAMeaning(String code, String name, TokenFault fault) {
        long number = Long.decode(code);
        assertThat(ReturnValue.name(number)).isEqualTo(name);
        assertThat(ReturnValue.fault(number)).isEqualTo(fault);
        var exception = new CryptokiException("C_Sign", number);
        assertThat(exception).hasMessage("C_Sign answered " + name);
        assertThat(TokenFaultException.of("key \"ca\"", exception))
                .hasMessage("The key \"ca\" failed: C_Sign answered " + name + "; " + fault.advice() + ".");
    }

    @Test
    void noCodeStandsTwice() {
        assertThat(Arrays.stream(ReturnValue.values()).map(ReturnValue::code)).doesNotHaveDuplicates();
    }

    /// A PIN that was refused is not tried again, a key that may not be used does not become better.
    @ParameterizedTest
    @CsvSource({
        "TOKEN_MISSING, false",
        "PIN_REFUSED, false",
        "PIN_NOT_SET, false",
        "KEY_REFUSED, false",
        "MECHANISM_REFUSED, false",
        "SESSION_LOST, true",
        "DEVICE_REMOVED, true",
        "DEVICE_FAILED, true"
    })
    void onlyAFaultOfTheConnectionIsTriedAgainAtOnce(TokenFault fault, boolean again) {
        assertThat(fault.mayPassAtOnce()).isEqualTo(again);
    }
}
