package dev.evenroll.hsm.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A token that does not know whether its keys were ever extractable: SoftHSM2 whose C_GetAttributeValue is ours.
@SuppressWarnings("restricted") // it stands in for native code
class TokenWithoutHistoryTest {

    private static final int GET_ATTRIBUTE_VALUE = 24;
    private static final long CK_ATTRIBUTE_BYTES = 24;

    /// How a token says that a key has no such attribute.
    enum Says {
        TYPE_INVALID(ReturnValue.CKR_ATTRIBUTE_TYPE_INVALID.code()),
        UNAVAILABLE_INFORMATION(ReturnValue.CKR_OK);

        private final long answer;

        Says(long answer) {
            this.answer = answer;
        }
    }

    /// A library, and what it says of the past.
    private record Forgetful(MethodHandle real, Says says) {

        @SuppressWarnings("UnusedMethod") // called by the library's caller
        long getAttributeValue(long session, long object, MemorySegment template, long count) throws Throwable {
            var attribute = template.reinterpret(CK_ATTRIBUTE_BYTES);
            long type = attribute.getAtIndex(JAVA_LONG, 0);
            if (type == Attributes.NEVER_EXTRACTABLE || type == Attributes.ALWAYS_SENSITIVE) {
                attribute.setAtIndex(JAVA_LONG, 2, -1);
                return says.answer;
            }
            return (long) real.invokeExact(session, object, template, count);
        }
    }

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @ParameterizedTest
    @EnumSource
    void isBelieved(Says says) throws Exception {
        var scene = TokenScene.in(directory);
        var certificate = scene.certifiedKey();
        var cryptoki = forgetful(LoadedModules.load(SoftHsm.module()), says);
        try (var key = Pkcs11IssuingKey.of(cryptoki, scene.settings(1), certificate, scene.faults()::add)) {
            key.prove(certificate);
        }
        assertThat(scene.faults()).isEmpty();
    }

    private static Cryptoki forgetful(Cryptoki library, Says says) throws ReflectiveOperationException {
        var real = library.functions().function(GET_ATTRIBUTE_VALUE, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
        var ours = MethodHandles.lookup()
                .findVirtual(
                        Forgetful.class,
                        "getAttributeValue",
                        MethodType.methodType(long.class, long.class, long.class, MemorySegment.class, long.class))
                .bindTo(new Forgetful(real, says));
        var stub = Linker.nativeLinker()
                .upcallStub(
                        ours,
                        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG),
                        Arena.global());
        var functions = Arena.global().allocate(library.functions().list().byteSize(), ADDRESS.byteAlignment());
        functions.copyFrom(library.functions().list());
        functions.set(ADDRESS, FunctionList.offset(GET_ATTRIBUTE_VALUE), stub);
        return new Cryptoki(new FunctionList(functions));
    }
}
