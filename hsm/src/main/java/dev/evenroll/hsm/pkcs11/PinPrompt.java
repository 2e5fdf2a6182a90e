package dev.evenroll.hsm.pkcs11;

import dev.evenroll.hsm.key.UnusableKeystoreException;

/// Asks a person for the PIN of a token.
public interface PinPrompt {

    /// The PIN as it was typed; whoever gets it overwrites it.
    ///
    /// @param token as sentences name it, for example `token "issuing"`
    /// @throws UnusableKeystoreException when nobody can be asked, with what to do
    char[] ask(String token) throws UnusableKeystoreException;
}
