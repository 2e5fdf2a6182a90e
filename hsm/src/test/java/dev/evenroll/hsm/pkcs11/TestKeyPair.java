package dev.evenroll.hsm.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.evenroll.hsm.key.KeyType;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import org.bouncycastle.util.BigIntegers;

/// Key pairs that a token makes in itself.
public enum TestKeyPair {
    P256(KeyType.P_256),
    P384(KeyType.P_384),
    ED25519(KeyType.ED25519),
    RSA(KeyType.RSA_3072);

    private static final int CREATE_OBJECT = 20;
    private static final int DESTROY_OBJECT = 22;
    private static final long VALUE = 0x11;
    private static final long MODIFIABLE = 0x170;
    private static final long CKK_EC = 0x03;

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
        return make(
                token,
                pin,
                Attributes.NONE
                        .with(Attributes.SENSITIVE, sensitive)
                        .with(Attributes.EXTRACTABLE, extractable)
                        .with(Attributes.ID, new byte[] {1}),
                Attributes.NONE.with(Attributes.ID, new byte[] {1}));
    }

    /// Makes a key that stays as it was made.
    PublicKey makeUnmodifiable(Pkcs11Settings token) throws Exception {
        return make(
                token,
                SoftHsm.PIN,
                Attributes.NONE
                        .with(Attributes.SENSITIVE, true)
                        .with(Attributes.EXTRACTABLE, false)
                        .with(MODIFIABLE, false),
                Attributes.NONE.with(MODIFIABLE, false));
    }

    private PublicKey make(Pkcs11Settings token, String pin, Attributes ofPrivate, Attributes ofPublic)
            throws Exception {
        var cryptoki = LoadedModules.load(token.module());
        cryptoki.initialize(token.initArguments());
        try {
            long session = cryptoki.openWritingSession(slot(cryptoki, token.tokenLabel()));
            cryptoki.login(session, pin.getBytes(StandardCharsets.UTF_8));
            var publicPart = ofPublic.with(Attributes.TOKEN, true)
                    .with(Attributes.PRIVATE, false)
                    .with(Attributes.VERIFY, true)
                    .with(Attributes.LABEL, token.keyLabel());
            var privatePart = ofPrivate
                    .with(Attributes.TOKEN, true)
                    .with(Attributes.PRIVATE, true)
                    .with(Attributes.SIGN, true)
                    .with(Attributes.LABEL, token.keyLabel());
            var key = cryptoki.generateKeyPair(
                    session, TokenKeyPair.mechanism(type), TokenKeyPair.kind(type, publicPart), privatePart);
            return TokenKeyPair.read(cryptoki, session, key.publicKey());
        } finally {
            cryptoki.finish();
        }
    }

    /// Puts a P-256 key that was made outside into the token, as a CA's has to be otherwise.
    static void importPrivateHalf(Pkcs11Settings token, ECPrivateKey key) throws Exception {
        var half = kind(token)
                .with(Attributes.CLASS, Attributes.PRIVATE_KEY)
                .with(Attributes.KEY_TYPE, CKK_EC)
                .with(Attributes.PRIVATE, true)
                .with(Attributes.SIGN, true)
                .with(Attributes.SENSITIVE, true)
                .with(Attributes.EXTRACTABLE, false)
                .with(VALUE, BigIntegers.asUnsignedByteArray(key.getS()));
        TokenScene.inSession(token, (cryptoki, session) -> {
            try (var arena = Arena.ofConfined()) {
                FunctionList.call(
                        "C_CreateObject",
                        cryptoki.functions().function(CREATE_OBJECT, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS),
                        session,
                        half.write(arena),
                        (long) half.count(),
                        arena.allocate(JAVA_LONG));
            }
        });
    }

    private static Attributes kind(Pkcs11Settings token) {
        return TokenKeyPair.kind(
                KeyType.P_256, Attributes.NONE.with(Attributes.TOKEN, true).with(Attributes.LABEL, token.keyLabel()));
    }

    static void destroyPrivateHalf(Pkcs11Settings token, String pin) throws Exception {
        var cryptoki = LoadedModules.load(token.module());
        cryptoki.initialize(token.initArguments());
        try {
            long session = cryptoki.openWritingSession(slot(cryptoki, token.tokenLabel()));
            cryptoki.login(session, pin.getBytes(StandardCharsets.UTF_8));
            long[] found = cryptoki.find(session, Attributes.NONE.with(Attributes.CLASS, Attributes.PRIVATE_KEY), 1);
            FunctionList.call(
                    "C_DestroyObject",
                    cryptoki.functions().function(DESTROY_OBJECT, JAVA_LONG, JAVA_LONG),
                    session,
                    found[0]);
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
