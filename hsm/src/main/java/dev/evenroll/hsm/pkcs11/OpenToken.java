package dev.evenroll.hsm.pkcs11;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A token from C_Initialize to C_Finalize: logged in, the key found, its sessions open.
///
/// | state | what it does |
/// |---|---|
/// | open | signs, for as many threads at a time as there are sessions |
/// | retired | refuses new calls; those in flight come back |
/// | finished | its sessions are closed, and the library is finished when no other token is open; final |
///
/// Safe for use by many threads.
final class OpenToken {

    /// Enough to see that a label is not unique.
    private static final int MOST_KEYS = 2;

    private final Cryptoki cryptoki;
    private final Pkcs11Settings settings;
    private final Mechanism mechanism;
    private final long key;
    private final SessionPool sessions;
    private final List<Long> handles;

    private OpenToken(Cryptoki cryptoki, Pkcs11Settings settings, Mechanism mechanism, long key, List<Long> sessions) {
        this.cryptoki = cryptoki;
        this.settings = settings;
        this.mechanism = mechanism;
        this.key = key;
        this.sessions = new SessionPool(sessions);
        this.handles = List.copyOf(sessions);
    }

    /// Opens the token; after a failure the library is as it was before.
    static OpenToken open(Cryptoki cryptoki, Pkcs11Settings settings, Mechanism mechanism, PinSource pin)
            throws TokenFaultException {
        try {
            initialize(cryptoki, settings);
            var sessions = new ArrayList<Long>();
            try {
                return opened(cryptoki, settings, mechanism, pin, sessions);
            } catch (TokenFaultException | CryptokiException e) {
                cryptoki.use().leave(sessions);
                throw e;
            }
        } catch (CryptokiException e) {
            throw TokenFaultException.of(settings.token(), e);
        }
    }

    static void initialize(Cryptoki cryptoki, Pkcs11Settings settings) throws CryptokiException {
        cryptoki.use().enter(settings.initArguments());
    }

    private static OpenToken opened(
            Cryptoki cryptoki, Pkcs11Settings settings, Mechanism mechanism, PinSource pin, List<Long> sessions)
            throws TokenFaultException, CryptokiException {
        long slot = slot(cryptoki, settings);
        sessions.add(cryptoki.openSession(slot));
        login(cryptoki, settings, slot, sessions.getFirst(), pin);
        long key = key(cryptoki, settings, mechanism, sessions.getFirst());
        while (sessions.size() < settings.sessions()) {
            sessions.add(cryptoki.openSession(slot));
        }
        return new OpenToken(cryptoki, settings, mechanism, key, sessions);
    }

    static void login(Cryptoki cryptoki, Pkcs11Settings settings, long slot, long session, PinSource pin)
            throws TokenFaultException, CryptokiException {
        var token = cryptoki.tokenInfo(slot);
        if (token.pinLocked()) {
            throw new TokenFaultException(
                    TokenFault.PIN_REFUSED,
                    "The PIN of the " + settings.token()
                            + " is locked after too many wrong ones; let its security officer set a new PIN, and write "
                            + "that in the PIN file.",
                    null);
        }
        if (token.loginRequired()) {
            pin.login(settings.token(), bytes -> cryptoki.login(session, bytes));
        }
    }

    static long slot(Cryptoki cryptoki, Pkcs11Settings settings) throws TokenFaultException, CryptokiException {
        var found = new ArrayList<Long>();
        var labels = new ArrayList<String>();
        for (long slot : cryptoki.slots()) {
            label(cryptoki, slot).filter(label -> !label.isEmpty()).forEach(label -> {
                labels.add(label);
                if (label.equals(settings.tokenLabel())) {
                    found.add(slot);
                }
            });
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new TokenFaultException(
                TokenFault.TOKEN_MISSING,
                found.isEmpty()
                        ? "The " + settings.token() + " is not there (the module " + settings.module() + " shows "
                                + labels.stream().sorted().toList() + "); " + TokenFault.TOKEN_MISSING.advice() + "."
                        : "There are " + found.size() + " tokens labelled \"" + settings.tokenLabel()
                                + "\"; give each a label of its own.",
                null);
    }

    /// Empty for a token that is not initialized; none for one that was taken out since, or that the library does not
    /// know.
    private static Stream<String> label(Cryptoki cryptoki, long slot) throws CryptokiException {
        try {
            return Stream.of(cryptoki.tokenInfo(slot).label());
        } catch (CryptokiException e) {
            if (e.fault() == TokenFault.DEVICE_REMOVED) {
                return Stream.empty();
            }
            throw e;
        }
    }

    private static long key(Cryptoki cryptoki, Pkcs11Settings settings, Mechanism mechanism, long session)
            throws TokenFaultException, CryptokiException {
        var wanted = Attributes.NONE
                .with(Attributes.CLASS, Attributes.PRIVATE_KEY)
                .with(Attributes.LABEL, settings.keyLabel());
        long[] found = cryptoki.find(session, wanted, MOST_KEYS);
        if (found.length == 0) {
            throw new TokenFaultException(
                    TokenFault.KEY_MISSING,
                    "There is no private " + settings.key() + "; " + TokenFault.KEY_MISSING.advice() + ".",
                    null);
        }
        if (found.length > 1) {
            throw refused(settings, "is not the only one of that label; give the CA's key a label of its own");
        }
        if (!mechanism.takes(Attributes.ulong(cryptoki.attribute(session, found[0], Attributes.KEY_TYPE)))) {
            throw refused(settings, "is of another kind than the key of the CA certificate");
        }
        requireSecret(cryptoki, settings, session, found[0]);
        if (!isTrue(cryptoki, session, found[0], Attributes.SIGN)) {
            throw refused(settings, "may not sign (CKA_SIGN)");
        }
        return found[0];
    }

    /// Refuses a key that can leave the token, and one that could: a copy of it may be anywhere, and CKA_EXTRACTABLE
    /// and CKA_SENSITIVE can be set afterwards.
    private static void requireSecret(Cryptoki cryptoki, Pkcs11Settings settings, long session, long key)
            throws TokenFaultException, CryptokiException {
        if (isTrue(cryptoki, session, key, Attributes.EXTRACTABLE)) {
            throw refused(settings, "is extractable (CKA_EXTRACTABLE), so a thief could take it along");
        }
        if (!isTrue(cryptoki, session, key, Attributes.SENSITIVE)) {
            throw refused(settings, "is not sensitive (CKA_SENSITIVE), so its value can be read");
        }
        if (isDenied(cryptoki, session, key, Attributes.NEVER_EXTRACTABLE)) {
            throw refused(
                    settings,
                    "was imported or was extractable once (CKA_NEVER_EXTRACTABLE is false), so somebody may have a copy");
        }
        if (isDenied(cryptoki, session, key, Attributes.ALWAYS_SENSITIVE)) {
            throw refused(
                    settings,
                    "was not always sensitive (CKA_ALWAYS_SENSITIVE is false), so somebody may have read its value");
        }
    }

    private static boolean isTrue(Cryptoki cryptoki, long session, long object, long type) throws CryptokiException {
        byte[] value = cryptoki.attribute(session, object, type);
        return value.length == 1 && value[0] != 0;
    }

    /// Whether the token has the attribute and it is not true; a token need not keep the history of its keys.
    private static boolean isDenied(Cryptoki cryptoki, long session, long object, long type) throws CryptokiException {
        try {
            return !isTrue(cryptoki, session, object, type);
        } catch (CryptokiException e) {
            if (e.is(ReturnValue.CKR_ATTRIBUTE_TYPE_INVALID)) {
                return false;
            }
            throw e;
        }
    }

    private static TokenFaultException refused(Pkcs11Settings settings, String why) {
        return new TokenFaultException(
                TokenFault.KEY_REFUSED,
                "The private " + settings.key() + " " + why + "; " + TokenFault.KEY_REFUSED.advice() + ".",
                null);
    }

    /// Signs with the key, as soon as a session is free.
    ///
    /// @param watch of the calls, not of the wait for a session
    /// @throws SessionPool.RetiredException when this token was retired meanwhile
    byte[] sign(byte[] input, CallWatch watch)
            throws TokenFaultException, SessionPool.RetiredException, InterruptedException {
        long session = sessions.take();
        try (var _ = watch.begin()) {
            return cryptoki.sign(session, mechanism, key, input);
        } catch (CryptokiException e) {
            throw TokenFaultException.of(settings.key(), e);
        } finally {
            sessions.giveBack(session);
        }
    }

    void retire() {
        sessions.retire();
    }

    /// Waits for the calls in flight and finishes.
    ///
    /// @throws TokenFaultException when some have not come back in time; the library can not be opened again before
    void finish(Duration limit) throws TokenFaultException, InterruptedException {
        int inFlight = sessions.drain(limit);
        if (inFlight > 0) {
            throw new TokenFaultException(
                    TokenFault.SLOW,
                    "The " + settings.token() + " has not answered all calls (" + inFlight
                            + " in flight), and can be opened again only after them; " + TokenFault.SLOW.advice() + ".",
                    null);
        }
        cryptoki.use().leave(handles);
    }

    static void finish(Cryptoki cryptoki) {
        cryptoki.use().leave(List.of());
    }
}
