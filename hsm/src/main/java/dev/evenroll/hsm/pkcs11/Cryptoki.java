package dev.evenroll.hsm.pkcs11;

import static dev.evenroll.hsm.pkcs11.FunctionList.answer;
import static dev.evenroll.hsm.pkcs11.FunctionList.answered;
import static dev.evenroll.hsm.pkcs11.FunctionList.call;
import static dev.evenroll.hsm.pkcs11.FunctionList.notOfADowncall;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/// The library of a token, called through java.lang.foreign: of PKCS#11 v2.40 what signing needs.
///
/// CK_ULONG has 64 bits and structures have their natural alignment here, as on Linux x86_64 and aarch64;
/// [LoadedModules] refuses other platforms.
///
/// Safe for use by many threads, one at a time for each session. C_Finalize must never run while a call is in flight,
/// nor may a session be closed under one: a library may then read freed memory, and the process ends. [OpenToken] holds
/// to that.
@SuppressWarnings("restricted") // to call native code is what this class is for
final class Cryptoki {

    /// More than the longest signature that a CA key makes, RSA with 8192 bits.
    private static final int LONGEST_ANSWER = 2048;

    private static final long CKF_OS_LOCKING_OK = 0x02;
    private static final long CKF_RW_SESSION = 0x02;
    private static final long CKF_SERIAL_SESSION = 0x04;
    private static final long CKU_USER = 1;
    private static final byte TOKEN_PRESENT = 1;

    /// CK_UNAVAILABLE_INFORMATION in place of a length, all bits set.
    private static final long UNAVAILABLE_INFORMATION = -1;

    private static final ValueLayout ULONG = JAVA_LONG;
    private static final ValueLayout POINTER = ADDRESS;

    private final FunctionList functions;
    private final CountedUse use = new CountedUse(this);

    private final MethodHandle initialize;
    private final MethodHandle finish;
    private final MethodHandle getSlotList;
    private final MethodHandle getTokenInfo;
    private final MethodHandle openSession;
    private final MethodHandle closeSession;
    private final MethodHandle login;
    private final MethodHandle getAttributeValue;
    private final MethodHandle setAttributeValue;
    private final MethodHandle findObjectsInit;
    private final MethodHandle findObjects;
    private final MethodHandle findObjectsFinal;
    private final MethodHandle signInit;
    private final MethodHandle sign;
    private final MethodHandle generateKeyPair;

    Cryptoki(FunctionList functions) {
        this.functions = functions;
        this.initialize = functions.function(0, POINTER);
        this.finish = functions.function(1, POINTER);
        this.getSlotList = functions.function(4, JAVA_BYTE, POINTER, POINTER);
        this.getTokenInfo = functions.function(6, ULONG, POINTER);
        this.openSession = functions.function(12, ULONG, ULONG, POINTER, POINTER, POINTER);
        this.closeSession = functions.function(13, ULONG);
        this.login = functions.function(18, ULONG, ULONG, POINTER, ULONG);
        this.getAttributeValue = functions.function(24, ULONG, ULONG, POINTER, ULONG);
        this.setAttributeValue = functions.function(25, ULONG, ULONG, POINTER, ULONG);
        this.findObjectsInit = functions.function(26, ULONG, POINTER, ULONG);
        this.findObjects = functions.function(27, ULONG, POINTER, ULONG, POINTER);
        this.findObjectsFinal = functions.function(28, ULONG);
        this.signInit = functions.function(42, ULONG, POINTER, ULONG);
        this.sign = functions.function(43, ULONG, POINTER, ULONG, POINTER, POINTER);
        this.generateKeyPair = functions.function(59, ULONG, POINTER, POINTER, ULONG, POINTER, ULONG, POINTER, POINTER);
    }

    /// Its functions, also those that are not called here.
    FunctionList functions() {
        return functions;
    }

    /// Who uses it.
    CountedUse use() {
        return use;
    }

    /// C_Initialize, with locks of the operating system.
    ///
    /// @param arguments what NSS takes (LibraryParameters, where others have pReserved); empty for others
    void initialize(String arguments) throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            // CK_C_INITIALIZE_ARGS: four functions of locks, flags, pReserved; that of NSS has a pointer more.
            var initialization = arena.allocate(7 * ADDRESS.byteSize(), ADDRESS.byteAlignment());
            initialization.set(JAVA_LONG, 4 * ADDRESS.byteSize(), CKF_OS_LOCKING_OK);
            if (!arguments.isEmpty()) {
                initialization.set(ADDRESS, 5 * ADDRESS.byteSize(), arena.allocateFrom(arguments));
            }
            call("C_Initialize", initialize, initialization);
        }
    }

    /// C_Finalize, which closes all sessions; no call may be in flight.
    void finish() throws CryptokiException {
        call("C_Finalize", finish, MemorySegment.NULL);
    }

    /// The slots with a token in them.
    long[] slots() throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            var count = arena.allocate(JAVA_LONG);
            call("C_GetSlotList", getSlotList, TOKEN_PRESENT, MemorySegment.NULL, count);
            var slots = arena.allocate(JAVA_LONG, Math.max(1, count.get(JAVA_LONG, 0)));
            call("C_GetSlotList", getSlotList, TOKEN_PRESENT, slots, count);
            return Arrays.copyOf(slots.toArray(JAVA_LONG), Math.toIntExact(count.get(JAVA_LONG, 0)));
        }
    }

    TokenInfo tokenInfo(long slot) throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            var info = arena.allocate(TokenInfo.BYTES, ADDRESS.byteAlignment());
            call("C_GetTokenInfo", getTokenInfo, slot, info);
            return TokenInfo.read(info);
        }
    }

    /// A session that only reads.
    long openSession(long slot) throws CryptokiException {
        return openSession(slot, CKF_SERIAL_SESSION);
    }

    /// A session that also makes objects.
    long openWritingSession(long slot) throws CryptokiException {
        return openSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION);
    }

    private long openSession(long slot, long flags) throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            var session = arena.allocate(JAVA_LONG);
            call("C_OpenSession", openSession, slot, flags, MemorySegment.NULL, MemorySegment.NULL, session);
            return session.get(JAVA_LONG, 0);
        }
    }

    /// C_CloseSession; no call of the session may be in flight.
    void closeSession(long session) throws CryptokiException {
        call("C_CloseSession", closeSession, session);
    }

    /// Logs all sessions of this process in to the token.
    ///
    /// @param pin UTF-8; the copy for the library is overwritten
    void login(long session, byte[] pin) throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            var copy = arena.allocateFrom(JAVA_BYTE, pin);
            try {
                call("C_Login", login, session, CKU_USER, copy, (long) pin.length);
            } finally {
                copy.fill((byte) 0);
            }
        }
    }

    /// The objects with all of the given attributes.
    long[] find(long session, Attributes attributes, int most) throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            call("C_FindObjectsInit", findObjectsInit, session, attributes.write(arena), (long) attributes.count());
            try {
                var found = arena.allocate(JAVA_LONG, most);
                var count = arena.allocate(JAVA_LONG);
                call("C_FindObjects", findObjects, session, found, (long) most, count);
                return Arrays.copyOf(found.toArray(JAVA_LONG), Math.toIntExact(count.get(JAVA_LONG, 0)));
            } finally {
                call("C_FindObjectsFinal", findObjectsFinal, session);
            }
        }
    }

    /// The value of an attribute of an object.
    ///
    /// @param type CKA_ and so on
    /// @throws CryptokiException CKR_ATTRIBUTE_TYPE_INVALID when the object has none, however the token says that
    byte[] attribute(long session, long object, long type) throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            // Its length first: NSS takes no buffer for a number that is longer than a number.
            var attribute = arena.allocateFrom(JAVA_LONG, type, 0, 0);
            call("C_GetAttributeValue", getAttributeValue, session, object, attribute, 1L);
            long length = attribute.getAtIndex(JAVA_LONG, 2);
            if (length == UNAVAILABLE_INFORMATION) {
                throw CryptokiException.length("C_GetAttributeValue", length, ReturnValue.CKR_ATTRIBUTE_TYPE_INVALID);
            }
            var value = arena.allocate(Math.clamp(length, 0, LONGEST_ANSWER));
            attribute.setAtIndex(JAVA_LONG, 1, value.address());
            attribute.setAtIndex(JAVA_LONG, 2, value.byteSize());
            call("C_GetAttributeValue", getAttributeValue, session, object, attribute, 1L);
            return answered("C_GetAttributeValue", value, attribute.getAtIndex(JAVA_LONG, 2));
        }
    }

    byte[] sign(long session, Mechanism mechanism, long key, byte[] input) throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            var signature = arena.allocate(LONGEST_ANSWER);
            var length = arena.allocateFrom(JAVA_LONG, signature.byteSize());
            var data = arena.allocateFrom(JAVA_BYTE, input);
            answer("C_SignInit", signInit(session, mechanism.write(arena), key));
            answer("C_Sign", sign(session, data, signature, length));
            return answered("C_Sign", signature, length.get(JAVA_LONG, 0));
        }
    }

    /// Gives an object an attribute, or changes it.
    void setAttributes(long session, long object, Attributes attributes) throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            call("C_SetAttributeValue", setAttributeValue, session, object, attributes.write(arena), (long)
                    attributes.count());
        }
    }

    /// A key pair in the token.
    ///
    /// @param mechanism CKM_ and so on, without a parameter
    /// @param publicPart what the public key shall be
    /// @param privatePart what the private key shall be
    KeyHandles generateKeyPair(long session, long mechanism, Attributes publicPart, Attributes privatePart)
            throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            var publicKey = arena.allocate(JAVA_LONG);
            var privateKey = arena.allocate(JAVA_LONG);
            call(
                    "C_GenerateKeyPair",
                    generateKeyPair,
                    session,
                    arena.allocateFrom(JAVA_LONG, mechanism, 0, 0),
                    publicPart.write(arena),
                    (long) publicPart.count(),
                    privatePart.write(arena),
                    (long) privatePart.count(),
                    publicKey,
                    privateKey);
            return new KeyHandles(publicKey.get(JAVA_LONG, 0), privateKey.get(JAVA_LONG, 0));
        }
    }

    /// A key pair, as a session knows it.
    record KeyHandles(long publicKey, long privateKey) {}

    // Called for each signature: with their exact types, without boxing.

    private long signInit(long session, MemorySegment mechanism, long key) {
        try {
            return (long) signInit.invokeExact(session, mechanism, key);
        } catch (Throwable e) {
            throw notOfADowncall(e);
        }
    }

    private long sign(long session, MemorySegment data, MemorySegment signature, MemorySegment length) {
        try {
            return (long) sign.invokeExact(session, data, data.byteSize(), signature, length);
        } catch (Throwable e) {
            throw notOfADowncall(e);
        }
    }
}
