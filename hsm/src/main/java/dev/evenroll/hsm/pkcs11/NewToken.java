package dev.evenroll.hsm.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.evenroll.hsm.key.UnusableKeystoreException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/// The making of a token in software: what an administrator of SoftHSM2 does by hand, without a PIN in an argument.
///
/// For a device that somebody can touch, its maker's own tool is the way: C_InitToken deletes what is there.
public final class NewToken {

    private static final int INIT_TOKEN = 9;
    private static final int INIT_PIN = 10;
    private static final int LOGIN = 18;

    private static final long CKU_SO = 0;
    private static final int LABEL_BYTES = 32;

    private final Cryptoki cryptoki;
    private final String label;

    private NewToken(Cryptoki cryptoki, String label) {
        this.cryptoki = cryptoki;
        this.label = label;
    }

    /// Makes a token in a slot that holds none. When there is one of this label, only its user PIN is set, if it has
    /// none. The library must not be in use in this process.
    ///
    /// @param label at most 32 bytes in UTF-8
    /// @param officerPin of the security officer, UTF-8
    /// @param userPin of who signs, UTF-8
    /// @throws UnusableKeystoreException when the library does not load, has no free slot, or refuses
    public static void initialize(Path module, String label, byte[] officerPin, byte[] userPin)
            throws UnusableKeystoreException {
        if (label.isEmpty() || label.getBytes(StandardCharsets.UTF_8).length > LABEL_BYTES) {
            throw new UnusableKeystoreException(
                    "The label of a token has 1 to " + LABEL_BYTES + " bytes, and \"" + label
                            + "\" has not; choose a shorter one.",
                    null);
        }
        var cryptoki = LoadedModules.load(module);
        try {
            cryptoki.initialize("");
            try {
                new NewToken(cryptoki, label).makeOnce(officerPin, userPin);
            } finally {
                cryptoki.finish();
            }
        } catch (CryptokiException e) {
            throw new UnusableKeystoreException(
                    "The token \"" + label + "\" could not be made with " + module + ": " + e.getMessage()
                            + "; see the log of the library, and make the token by its own tool.",
                    e);
        }
    }

    private void makeOnce(byte[] officerPin, byte[] userPin) throws CryptokiException, UnusableKeystoreException {
        if (find(label).length == 0) {
            var free = free();
            if (free.length == 0) {
                throw new UnusableKeystoreException(
                        "No slot is free for the token \"" + label + "\"; make one by the tool of the token's maker.",
                        null);
            }
            make(free[0], officerPin);
        }
        // Its making may have ended between the two: nobody can log in then.
        for (long slot : find(label)) {
            if (!cryptoki.tokenInfo(slot).userPinSet()) {
                setUserPin(slot, officerPin, userPin);
            }
        }
    }

    private long[] free() throws CryptokiException {
        var free = new long[0];
        for (long slot : cryptoki.slots()) {
            if (!cryptoki.tokenInfo(slot).initialized()) {
                free = with(free, slot);
            }
        }
        return free;
    }

    private long[] find(String wanted) throws CryptokiException {
        var found = new long[0];
        for (long slot : cryptoki.slots()) {
            var token = cryptoki.tokenInfo(slot);
            if (token.initialized() && token.label().equals(wanted)) {
                found = with(found, slot);
            }
        }
        return found;
    }

    private static long[] with(long[] slots, long further) {
        var more = Arrays.copyOf(slots, slots.length + 1);
        more[slots.length] = further;
        return more;
    }

    private void make(long slot, byte[] officerPin) throws CryptokiException {
        var initialize = cryptoki.functions().function(INIT_TOKEN, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
        try (var arena = Arena.ofConfined()) {
            byte[] padded = Arrays.copyOf(label.getBytes(StandardCharsets.UTF_8), LABEL_BYTES);
            Arrays.fill(padded, label.getBytes(StandardCharsets.UTF_8).length, LABEL_BYTES, (byte) ' ');
            var pin = arena.allocateFrom(JAVA_BYTE, officerPin);
            try {
                FunctionList.call(
                        "C_InitToken",
                        initialize,
                        slot,
                        pin,
                        (long) officerPin.length,
                        arena.allocateFrom(JAVA_BYTE, padded));
            } finally {
                pin.fill((byte) 0);
            }
        }
    }

    private void setUserPin(long slot, byte[] officerPin, byte[] userPin) throws CryptokiException {
        var login = cryptoki.functions().function(LOGIN, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
        var initialize = cryptoki.functions().function(INIT_PIN, JAVA_LONG, ADDRESS, JAVA_LONG);
        try (var arena = Arena.ofConfined()) {
            long session = cryptoki.openWritingSession(slot);
            var officer = arena.allocateFrom(JAVA_BYTE, officerPin);
            var user = arena.allocateFrom(JAVA_BYTE, userPin);
            try {
                FunctionList.call("C_Login", login, session, CKU_SO, officer, (long) officerPin.length);
                // C_Finalize, which follows, logs out and closes the session.
                FunctionList.call("C_InitPIN", initialize, session, user, (long) userPin.length);
            } finally {
                officer.fill((byte) 0);
                user.fill((byte) 0);
            }
        }
    }
}
