package dev.evenroll.hsm.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.evenroll.pki.BouncyCastle;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// Key pairs that a token makes in itself.
public enum TestKeyPair {
    P256(0x1040, X9ObjectIdentifiers.prime256v1),
    P384(0x1040, SECObjectIdentifiers.secp384r1),
    ED25519(0x1055, EdECObjectIdentifiers.id_Ed25519),
    RSA(0x00, PKCSObjectIdentifiers.rsaEncryption);

    private static final int GENERATE_KEY_PAIR = 59;
    private static final int OPEN_SESSION = 12;
    private static final long READ_WRITE = 0x06;

    private static final long TOKEN = 0x01;
    private static final long PRIVATE = 0x02;
    private static final long ID = 0x102;
    private static final long VERIFY = 0x10A;
    private static final long MODULUS = 0x120;
    private static final long MODULUS_BITS = 0x121;
    private static final long PUBLIC_EXPONENT = 0x122;
    private static final long EC_PARAMS = 0x180;
    private static final long EC_POINT = 0x181;

    private final long mechanism;
    private final String algorithm;

    TestKeyPair(long mechanism, ASN1ObjectIdentifier algorithm) {
        this.mechanism = mechanism;
        this.algorithm = algorithm.getId();
    }

    /// Makes a key as an issuing CA's has to be.
    public PublicKey make(Pkcs11Settings token, String pin) throws Exception {
        return make(token, pin, false, true);
    }

    /// Makes a key. The library must not be in use.
    PublicKey make(Pkcs11Settings token, String pin, boolean extractable, boolean sensitive) throws Exception {
        var cryptoki = Cryptoki.load(token.module());
        cryptoki.initialize(token.initArguments());
        try {
            long session = readWriteSession(cryptoki, slot(cryptoki, token.tokenLabel()));
            cryptoki.login(session, pin.getBytes(StandardCharsets.UTF_8));
            var publicPart = Attributes.NONE
                    .with(TOKEN, true)
                    .with(PRIVATE, false)
                    .with(VERIFY, true)
                    .with(ID, new byte[] {1})
                    .with(Attributes.LABEL, token.keyLabel());
            var privatePart = Attributes.NONE
                    .with(TOKEN, true)
                    .with(PRIVATE, true)
                    .with(ID, new byte[] {1})
                    .with(Attributes.SIGN, true)
                    .with(Attributes.SENSITIVE, sensitive)
                    .with(Attributes.EXTRACTABLE, extractable)
                    .with(Attributes.LABEL, token.keyLabel());
            long key = generate(cryptoki, session, kind(publicPart), privatePart);
            return publicKey(cryptoki, session, key);
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

    static long readWriteSession(Cryptoki cryptoki, long slot) throws CryptokiException {
        var open = cryptoki.function(OPEN_SESSION, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS);
        try (var arena = Arena.ofConfined()) {
            var session = arena.allocate(JAVA_LONG);
            Cryptoki.call("C_OpenSession", open, slot, READ_WRITE, session, session, session);
            return session.get(JAVA_LONG, 0);
        }
    }

    private Attributes kind(Attributes publicPart) throws IOException {
        return switch (this) {
            case P256, P384 -> publicPart.with(EC_PARAMS, new ASN1ObjectIdentifier(algorithm).getEncoded());
            case ED25519 -> publicPart.with(EC_PARAMS, new DERPrintableString("edwards25519").getEncoded());
            case RSA -> publicPart.with(MODULUS_BITS, 2048).with(PUBLIC_EXPONENT, new byte[] {1, 0, 1});
        };
    }

    private long generate(Cryptoki cryptoki, long session, Attributes publicPart, Attributes privatePart)
            throws CryptokiException {
        var generate = cryptoki.function(
                GENERATE_KEY_PAIR, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
        try (var arena = Arena.ofConfined()) {
            var publicKey = arena.allocate(JAVA_LONG);
            Cryptoki.call(
                    "C_GenerateKeyPair",
                    generate,
                    session,
                    arena.allocateFrom(JAVA_LONG, mechanism, 0, 0),
                    publicPart.write(arena),
                    (long) publicPart.count(),
                    privatePart.write(arena),
                    (long) privatePart.count(),
                    publicKey,
                    arena.allocate(JAVA_LONG));
            return publicKey.get(JAVA_LONG, 0);
        }
    }

    private PublicKey publicKey(Cryptoki cryptoki, long session, long key)
            throws CryptokiException, IOException, GeneralSecurityException {
        var identifier = new ASN1ObjectIdentifier(algorithm);
        var info = switch (this) {
            case P256, P384 ->
                new SubjectPublicKeyInfo(
                        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, identifier),
                        point(cryptoki, session, key));
            case ED25519 ->
                new SubjectPublicKeyInfo(new AlgorithmIdentifier(identifier), point(cryptoki, session, key));
            case RSA ->
                new SubjectPublicKeyInfo(
                        new AlgorithmIdentifier(identifier),
                        new RSAPublicKey(
                                new BigInteger(1, cryptoki.attribute(session, key, MODULUS)),
                                BigInteger.valueOf(65537)));
        };
        return BouncyCastle.keyFactory(info.getAlgorithm().getAlgorithm().getId())
                .generatePublic(new X509EncodedKeySpec(info.getEncoded()));
    }

    private static byte[] point(Cryptoki cryptoki, long session, long key) throws CryptokiException {
        return ASN1OctetString.getInstance(cryptoki.attribute(session, key, EC_POINT))
                .getOctets();
    }
}
