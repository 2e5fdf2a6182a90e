package dev.evenroll.hsm.pkcs11;

import dev.evenroll.hsm.key.UnusableKeystoreException;
import java.util.Arrays;

/// A PIN that a person types for each login. It is overwritten after it, and one that was refused is not tried again.
record TypedPin(PinPrompt prompt) implements PinSource {

    @Override
    public void login(String token, Login login) throws TokenFaultException, CryptokiException {
        byte[] pin = ask(token);
        try {
            login.with(pin);
        } catch (CryptokiException e) {
            if (e.is(ReturnValue.CKR_USER_ALREADY_LOGGED_IN)) {
                return;
            }
            if (e.fault() != TokenFault.PIN_REFUSED) {
                throw e;
            }
            throw new TokenFaultException(
                    TokenFault.PIN_REFUSED,
                    "The " + token + " refuses the PIN that was typed: " + e.getMessage()
                            + "; look it up before you type another: a few wrong ones lock a token.",
                    e);
        } finally {
            Arrays.fill(pin, (byte) 0);
        }
    }

    private byte[] ask(String token) throws TokenFaultException {
        try {
            return PinBytes.of(prompt.ask(token));
        } catch (UnusableKeystoreException e) {
            throw new TokenFaultException(TokenFault.PIN_UNREADABLE, String.valueOf(e.getMessage()), e);
        }
    }
}
