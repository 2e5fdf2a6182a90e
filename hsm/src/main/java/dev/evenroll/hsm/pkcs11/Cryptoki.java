package dev.evenroll.hsm.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.evenroll.hsm.key.UnusableKeystoreException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The library of a token, called through java.lang.foreign: of PKCS#11 v2.40 what signing needs.
///
/// CK_ULONG has 64 bits and structures have their natural alignment here, as on Linux x86_64 and aarch64; other
/// platforms are refused. A library is process-global and never unloaded: some do not survive that.
///
/// Safe for use by many threads, one at a time for each session.
@SuppressWarnings("restricted") // to call native code is what this class is for
final class Cryptoki {

    private static final Logger LOG = LoggerFactory.getLogger(Cryptoki.class);
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Set<String> ARCHITECTURES = Set.of("amd64", "x86_64", "aarch64");

    /// CK_FUNCTION_LIST begins with a CK_VERSION; the pointers follow, each at its place of the standard.
    private static final long FIRST_FUNCTION = ADDRESS.byteSize();
    private static final int FUNCTIONS = 68;

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

    private static final Map<Path, Cryptoki> LOADED = new ConcurrentHashMap<>();

    private final MemorySegment functions;
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

    /// Open tokens of this library; guarded by this.
    private int users;
    private final MethodHandle generateKeyPair;

    /// @param functions a CK_FUNCTION_LIST
    Cryptoki(MemorySegment functions) {
        this.functions = functions;
        this.initialize = function(0, POINTER);
        this.finish = function(1, POINTER);
        this.getSlotList = function(4, JAVA_BYTE, POINTER, POINTER);
        this.getTokenInfo = function(6, ULONG, POINTER);
        this.closeSession = function(13, ULONG);
        this.openSession = function(12, ULONG, ULONG, POINTER, POINTER, POINTER);
        this.login = function(18, ULONG, ULONG, POINTER, ULONG);
        this.getAttributeValue = function(24, ULONG, ULONG, POINTER, ULONG);
        this.setAttributeValue = function(25, ULONG, ULONG, POINTER, ULONG);
        this.findObjectsInit = function(26, ULONG, POINTER, ULONG);
        this.findObjects = function(27, ULONG, POINTER, ULONG, POINTER);
        this.findObjectsFinal = function(28, ULONG);
        this.signInit = function(42, ULONG, POINTER, ULONG);
        this.sign = function(43, ULONG, POINTER, ULONG, POINTER, POINTER);
        this.generateKeyPair = function(59, ULONG, POINTER, POINTER, ULONG, POINTER, ULONG, POINTER, POINTER);
    }

    /// Loads a library, once for the process.
    ///
    /// @throws UnusableKeystoreException when it is none, or this platform is not known
    static Cryptoki load(Path module) throws UnusableKeystoreException {
        requirePlatform(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        if (!Files.isRegularFile(module)) {
            throw new UnusableKeystoreException(
                    "The PKCS#11 module " + module + " is not a file; install the token's library, or correct the path "
                            + "in the configuration.",
                    null);
        }
        var loaded = LOADED.get(module.toAbsolutePath());
        if (loaded != null) {
            return loaded;
        }
        try {
            var entry = SymbolLookup.libraryLookup(module, Arena.global())
                    .find("C_GetFunctionList")
                    .orElseThrow(() -> new UnusableKeystoreException(
                            "The library " + module + " has no C_GetFunctionList, so it is no PKCS#11 module; give the "
                                    + "path of the token's PKCS#11 library.",
                            null));
            var cryptoki = new Cryptoki(functionList(entry));
            var other = LOADED.putIfAbsent(module.toAbsolutePath(), cryptoki);
            return other == null ? cryptoki : other;
        } catch (IllegalArgumentException e) {
            throw new UnusableKeystoreException(
                    "The PKCS#11 module " + module + " does not load; give the path of the token's PKCS#11 library for "
                            + "this platform, and install what it needs (ldd says that).",
                    e);
        } catch (CryptokiException e) {
            throw new UnusableKeystoreException(
                    "The PKCS#11 module " + module + " gives no list of functions: " + e.getMessage()
                            + "; install the token's library again.",
                    e);
        }
    }

    static void requirePlatform(String system, String architecture) throws UnusableKeystoreException {
        if (!system.equals("Linux") || !ARCHITECTURES.contains(architecture)) {
            throw new UnusableKeystoreException(
                    "PKCS#11 is offered on Linux x86_64 and aarch64 only, and this is " + system + " " + architecture
                            + "; run the issuer there, or use a key in a file.",
                    null);
        }
    }

    private static MemorySegment functionList(MemorySegment entry) throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            var list = arena.allocate(ADDRESS);
            var get = LINKER.downcallHandle(entry, FunctionDescriptor.of(JAVA_LONG, ADDRESS));
            call("C_GetFunctionList", get, list);
            return list.get(ADDRESS, 0).reinterpret(offset(FUNCTIONS));
        }
    }

    /// Its CK_FUNCTION_LIST.
    MemorySegment functions() {
        return functions;
    }

    /// Where a function stands in a CK_FUNCTION_LIST.
    static long offset(int place) {
        return FIRST_FUNCTION + place * ADDRESS.byteSize();
    }

    /// A function by its place in CK_FUNCTION_LIST.
    MethodHandle function(int place, MemoryLayout... parameters) {
        var address = functions.get(ADDRESS, offset(place));
        return LINKER.downcallHandle(address, FunctionDescriptor.of(JAVA_LONG, parameters));
    }

    static void call(String name, MethodHandle function, Object... arguments) throws CryptokiException {
        long answer;
        try {
            answer = (long) function.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw notOfADowncall(e);
        }
        answer(name, answer);
    }

    private static RuntimeException notOfADowncall(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException known
                ? known
                : new IllegalStateException("a downcall throws nothing of its own", e);
    }

    private static void answer(String name, long answer) throws CryptokiException {
        if (answer != ReturnValue.CKR_OK) {
            throw new CryptokiException(name, answer);
        }
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

    /// Begins to use the library, which is initialized by the first who does: C_Finalize would close the sessions of
    /// the others.
    synchronized void enter(String arguments) throws CryptokiException {
        if (users == 0) {
            try {
                initialize(arguments);
            } catch (CryptokiException e) {
                if (!e.is(ReturnValue.CKR_CRYPTOKI_ALREADY_INITIALIZED)) {
                    throw e;
                }
                // Somebody else's, or ours that could not be finished: what it knew of tokens may be old.
                finishQuietly();
                initialize(arguments);
            }
        }
        users++;
    }

    /// Ends the use: the last who does finishes the library, the others close their sessions.
    synchronized void leave(List<Long> sessions) {
        users--;
        if (users == 0) {
            finishQuietly();
            return;
        }
        for (long session : sessions) {
            try {
                call("C_CloseSession", closeSession, session);
            } catch (CryptokiException e) {
                LOG.atDebug().addKeyValue("answer", e.getMessage()).log("A session was gone already");
            }
        }
    }

    private void finishQuietly() {
        try {
            finish();
        } catch (CryptokiException e) {
            // A library that is finished already, or that lost its device; opening it again decides.
            LOG.atInfo().addKeyValue("answer", e.getMessage()).log("The PKCS#11 library could not be finished");
        }
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

    /// The part of a buffer that the token says it has filled.
    private static byte[] answered(String function, MemorySegment buffer, long length) throws CryptokiException {
        if (length < 0 || length > buffer.byteSize()) {
            throw CryptokiException.length(function, length, ReturnValue.CKR_BUFFER_TOO_SMALL);
        }
        return buffer.asSlice(0, length).toArray(JAVA_BYTE);
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
