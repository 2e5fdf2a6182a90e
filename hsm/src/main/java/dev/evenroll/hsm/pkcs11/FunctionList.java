package dev.evenroll.hsm.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The functions of a token's library, and how one of them is called and its answer read.
///
/// @param list CK_FUNCTION_LIST, PKCS#11 v2.40 section 3.6: a CK_VERSION, then the pointers, each at its place of the
///     standard
@SuppressWarnings("restricted") // to call native code is what this class is for
record FunctionList(MemorySegment list) {

    private static final Linker LINKER = Linker.nativeLinker();

    /// CK_VERSION comes before the pointers, and takes the room of one.
    private static final long FIRST_FUNCTION = ADDRESS.byteSize();

    private static final int FUNCTIONS = 68;

    /// Asks a library for its list.
    ///
    /// @param entry its C_GetFunctionList
    static FunctionList of(MemorySegment entry) throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            var list = arena.allocate(ADDRESS);
            var get = LINKER.downcallHandle(entry, FunctionDescriptor.of(JAVA_LONG, ADDRESS));
            call("C_GetFunctionList", get, list);
            return new FunctionList(list.get(ADDRESS, 0).reinterpret(offset(FUNCTIONS)));
        }
    }

    /// Where a function stands in a CK_FUNCTION_LIST.
    static long offset(int place) {
        return FIRST_FUNCTION + place * ADDRESS.byteSize();
    }

    /// A function by its place in CK_FUNCTION_LIST.
    MethodHandle function(int place, MemoryLayout... parameters) {
        var address = list.get(ADDRESS, offset(place));
        return LINKER.downcallHandle(address, FunctionDescriptor.of(JAVA_LONG, parameters));
    }

    /// Calls a function, with boxed arguments.
    ///
    /// @throws CryptokiException when it answers anything but CKR_OK
    static void call(String name, MethodHandle function, Object... arguments) throws CryptokiException {
        long answer;
        try {
            answer = (long) function.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw notOfADowncall(e);
        }
        answer(name, answer);
    }

    /// What a downcall seemed to throw: an Error is thrown on from here.
    static RuntimeException notOfADowncall(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException known
                ? known
                : new IllegalStateException("a downcall throws nothing of its own", e);
    }

    /// @throws CryptokiException when a function answers anything but CKR_OK
    static void answer(String name, long answer) throws CryptokiException {
        if (answer != ReturnValue.CKR_OK) {
            throw new CryptokiException(name, answer);
        }
    }

    /// The part of a buffer that the token says it has filled.
    static byte[] answered(String function, MemorySegment buffer, long length) throws CryptokiException {
        if (length < 0 || length > buffer.byteSize()) {
            throw CryptokiException.length(function, length, ReturnValue.CKR_BUFFER_TOO_SMALL);
        }
        return buffer.asSlice(0, length).toArray(JAVA_BYTE);
    }
}
