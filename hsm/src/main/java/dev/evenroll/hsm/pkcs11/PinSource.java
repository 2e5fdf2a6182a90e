package dev.evenroll.hsm.pkcs11;

/// Where the PIN of a token comes from: a file, or a person at a terminal. Never an argument, never the environment.
interface PinSource {

    /// What is done with a PIN.
    interface Login {
        void with(byte[] pin) throws CryptokiException;
    }

    /// Logs in with the PIN.
    ///
    /// @param token as sentences name it
    void login(String token, Login login) throws TokenFaultException, CryptokiException;
}
