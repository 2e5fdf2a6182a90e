package dev.evenroll.hsm.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/// A real library whose C_Sign is ours: it answers what a test wants, or keeps a call waiting, and otherwise signs.
@SuppressWarnings("restricted") // it stands in for native code
final class FaultySigning {

    private static final int SIGN = 43;

    /// What a call does before it signs.
    private interface Reaction {
        /// The answer; 0 to sign.
        long answer() throws InterruptedException;
    }

    private final Queue<Reaction> reactions = new ConcurrentLinkedQueue<>();
    private final MethodHandle real;
    private final Cryptoki cryptoki;

    FaultySigning(Cryptoki library) throws ReflectiveOperationException {
        real = library.functions().function(SIGN, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
        var functions = Arena.global().allocate(library.functions().list().byteSize(), ADDRESS.byteAlignment());
        functions.copyFrom(library.functions().list());
        var sign = MethodHandles.lookup()
                .findVirtual(
                        FaultySigning.class,
                        "sign",
                        MethodType.methodType(
                                long.class,
                                long.class,
                                MemorySegment.class,
                                long.class,
                                MemorySegment.class,
                                MemorySegment.class))
                .bindTo(this);
        var descriptor = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
        functions.set(
                ADDRESS, FunctionList.offset(SIGN), Linker.nativeLinker().upcallStub(sign, descriptor, Arena.global()));
        cryptoki = new Cryptoki(new FunctionList(functions));
    }

    Cryptoki cryptoki() {
        return cryptoki;
    }

    /// The next call is answered so.
    void answer(long code) {
        reactions.add(() -> code);
    }

    /// The next call counts `begun` down and waits for `end` before it signs.
    void hang(CountDownLatch begun, CountDownLatch end) {
        reactions.add(() -> {
            begun.countDown();
            end.await();
            return ReturnValue.CKR_OK;
        });
    }

    /// C_Sign.
    @SuppressWarnings("UnusedMethod") // called by the library's caller
    private long sign(
            long session, MemorySegment data, long dataLength, MemorySegment signature, MemorySegment signatureLength)
            throws Throwable {
        var reaction = reactions.poll();
        long answer = reaction == null ? ReturnValue.CKR_OK : reaction.answer();
        return answer == ReturnValue.CKR_OK
                ? (long) real.invokeExact(session, data, dataLength, signature, signatureLength)
                : answer;
    }
}
