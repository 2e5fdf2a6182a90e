package dev.evenroll.hsm.pkcs11;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who uses a library: the first initializes it, the last finishes it.
///
/// Safe for use by many threads.
final class CountedUse {

    private static final Logger LOG = LoggerFactory.getLogger(CountedUse.class);

    private final Cryptoki library;

    /// Open tokens of this library; guarded by this.
    private int users;

    CountedUse(Cryptoki library) {
        this.library = library;
    }

    /// Begins the use of the library. Only the first who does initializes it: C_Finalize would close the sessions of
    /// the others.
    synchronized void enter(String arguments) throws CryptokiException {
        if (users == 0) {
            try {
                library.initialize(arguments);
            } catch (CryptokiException e) {
                if (!e.is(ReturnValue.CKR_CRYPTOKI_ALREADY_INITIALIZED)) {
                    throw e;
                }
                // Somebody else's, or ours that could not be finished: what it knew of tokens may be old.
                finishQuietly();
                library.initialize(arguments);
            }
        }
        users++;
    }

    /// Ends the use: the last who does finishes the library, the others close their sessions.
    ///
    /// @param sessions of the one who ends; no call of them may be in flight (ADR 0017)
    synchronized void leave(List<Long> sessions) {
        users--;
        if (users == 0) {
            finishQuietly();
            return;
        }
        for (long session : sessions) {
            try {
                library.closeSession(session);
            } catch (CryptokiException e) {
                LOG.atDebug().addKeyValue("answer", e.getMessage()).log("A session was gone already");
            }
        }
    }

    private void finishQuietly() {
        try {
            library.finish();
        } catch (CryptokiException e) {
            // A library that is finished already, or that lost its device; opening it again decides.
            LOG.atInfo().addKeyValue("answer", e.getMessage()).log("The PKCS#11 library could not be finished");
        }
    }
}
