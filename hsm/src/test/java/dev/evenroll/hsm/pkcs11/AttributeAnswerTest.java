package dev.evenroll.hsm.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The lengths that a token gives for an attribute: a wrong one is a fault of the token, not a mistake of ours.
@SuppressWarnings("restricted") // it stands in for native code
class AttributeAnswerTest {

    private static final int FUNCTIONS = 68;
    private static final long CK_ATTRIBUTE_BYTES = 24;

    /// Those of the first call, which asks for the length, and of the second.
    private final Deque<Long> lengths = new ArrayDeque<>();

    @Test
    void aValueAsLongAsItSays() throws Exception {
        lengths.addAll(List.of(3L, 2L));
        assertThat(cryptoki().attribute(1, 2, Attributes.LABEL)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, -1, -1, CKR_ATTRIBUTE_TYPE_INVALID",
        "3, -1, -1, CKR_BUFFER_TOO_SMALL",
        "3, 4, 4, CKR_BUFFER_TOO_SMALL",
        "-2, 3, 3, CKR_BUFFER_TOO_SMALL",
        "9223372036854775807, 9223372036854775807, 9223372036854775807, CKR_BUFFER_TOO_SMALL",
        "3, -9223372036854775808, -9223372036854775808, CKR_BUFFER_TOO_SMALL",
    })
    void aLengthThatIsNone(long first, long second, long said, ReturnValue meaning) throws Exception {
        lengths.addAll(List.of(first, second));
        var cryptoki = cryptoki();
        assertThatExceptionOfType(CryptokiException.class)
                .isThrownBy(() -> cryptoki.attribute(1, 2, Attributes.LABEL))
                .withMessage("C_GetAttributeValue answered a length of " + said + " (" + meaning + ")")
                .satisfies(e -> assertThat(e.is(meaning)).isTrue())
                .satisfies(e -> assertThat(e.fault()).isEqualTo(TokenFault.DEVICE_FAILED));
    }

    /// A library of which every function is our C_GetAttributeValue.
    private Cryptoki cryptoki() throws ReflectiveOperationException {
        var getAttributeValue = MethodHandles.lookup()
                .findVirtual(
                        AttributeAnswerTest.class,
                        "getAttributeValue",
                        MethodType.methodType(long.class, long.class, long.class, MemorySegment.class, long.class))
                .bindTo(this);
        var stub = Linker.nativeLinker()
                .upcallStub(
                        getAttributeValue,
                        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG),
                        Arena.global());
        var functions = Arena.global().allocate(FunctionList.offset(FUNCTIONS), ADDRESS.byteAlignment());
        for (int place = 0; place < FUNCTIONS; place++) {
            functions.set(ADDRESS, FunctionList.offset(place), stub);
        }
        return new Cryptoki(new FunctionList(functions));
    }

    @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // called by the library's caller
    private long getAttributeValue(long session, long object, MemorySegment template, long count) {
        template.reinterpret(CK_ATTRIBUTE_BYTES).setAtIndex(JAVA_LONG, 2, lengths.remove());
        return ReturnValue.CKR_OK;
    }
}
