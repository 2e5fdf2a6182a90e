package dev.evenroll.hsm.pkcs11;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.evenroll.hsm.key.KeyType;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;

/// Key pairs that a token makes in itself.
public enum TestKeyPair {
    P256(KeyType.P_256),
    P384(KeyType.P_384),
    ED25519(KeyType.ED25519),
    RSA(KeyType.RSA_3072);

    private static final int DESTROY_OBJECT = 22;

    private final KeyType type;

    TestKeyPair(KeyType type) {
        this.type = type;
    }

    /// Makes a key as an issuing CA's has to be. The library must not be in use.
    public PublicKey make(Pkcs11Settings token, String pin) throws Exception {
        return TokenKey.of(token, _ -> pin.toCharArray()).make(type);
    }

    /// Makes a key that is worse than that.
    PublicKey make(Pkcs11Settings token, String pin, boolean extractable, boolean sensitive) throws Exception {
        var cryptoki = Cryptoki.load(token.module());
        cryptoki.initialize(token.initArguments());
        try {
            long session = cryptoki.openWritingSession(slot(cryptoki, token.tokenLabel()));
            cryptoki.login(session, pin.getBytes(StandardCharsets.UTF_8));
            var publicPart = Attributes.NONE
                    .with(Attributes.TOKEN, true)
                    .with(Attributes.PRIVATE, false)
                    .with(Attributes.VERIFY, true)
                    .with(Attributes.ID, new byte[] {1})
                    .with(Attributes.LABEL, token.keyLabel());
            var privatePart = Attributes.NONE
                    .with(Attributes.TOKEN, true)
                    .with(Attributes.PRIVATE, true)
                    .with(Attributes.ID, new byte[] {1})
                    .with(Attributes.SIGN, true)
                    .with(Attributes.SENSITIVE, sensitive)
                    .with(Attributes.EXTRACTABLE, extractable)
                    .with(Attributes.LABEL, token.keyLabel());
            var key = cryptoki.generateKeyPair(
                    session, TokenKeyPair.mechanism(type), TokenKeyPair.kind(type, publicPart), privatePart);
            return TokenKeyPair.read(cryptoki, session, key.publicKey());
        } finally {
            cryptoki.finish();
        }
    }

    static void destroyPrivateHalf(Pkcs11Settings token, String pin) throws Exception {
        var cryptoki = Cryptoki.load(token.module());
        cryptoki.initialize(token.initArguments());
        try {
            long session = cryptoki.openWritingSession(slot(cryptoki, token.tokenLabel()));
            cryptoki.login(session, pin.getBytes(StandardCharsets.UTF_8));
            long[] found = cryptoki.find(session, Attributes.NONE.with(Attributes.CLASS, Attributes.PRIVATE_KEY), 1);
            Cryptoki.call(
                    "C_DestroyObject", cryptoki.function(DESTROY_OBJECT, JAVA_LONG, JAVA_LONG), session, found[0]);
        } finally {
            cryptoki.finish();
        }
    }

    static long slot(Cryptoki cryptoki, String label) throws CryptokiException {
        for (long slot : cryptoki.slots()) {
            if (cryptoki.tokenInfo(slot).label().equals(label)) {
                return slot;
            }
        }
        throw new AssertionError("no token " + label);
    }
}
