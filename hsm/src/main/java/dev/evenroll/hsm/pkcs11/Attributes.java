package dev.evenroll.hsm.pkcs11;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.evenroll.pki.Der;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// Attributes of an object in a token, an array of CK_ATTRIBUTE.
record Attributes(List<Attribute> attributes) {

    /// One of them.
    ///
    /// @param type CKA_ and so on
    /// @param value its bytes, whatever they mean
    record Attribute(long type, Der value) {}

    static final Attributes NONE = new Attributes(List.of());

    static final long CLASS = 0x00;
    static final long TOKEN = 0x01;
    static final long PRIVATE = 0x02;
    static final long LABEL = 0x03;
    static final long KEY_TYPE = 0x100;
    static final long ID = 0x102;
    static final long SENSITIVE = 0x103;
    static final long ENCRYPT = 0x104;
    static final long DECRYPT = 0x105;
    static final long WRAP = 0x106;
    static final long UNWRAP = 0x107;
    static final long SIGN = 0x108;
    static final long SIGN_RECOVER = 0x109;
    static final long VERIFY = 0x10A;
    static final long VERIFY_RECOVER = 0x10B;
    static final long DERIVE = 0x10C;
    static final long MODULUS = 0x120;
    static final long MODULUS_BITS = 0x121;
    static final long PUBLIC_EXPONENT = 0x122;
    static final long EXTRACTABLE = 0x162;
    static final long NEVER_EXTRACTABLE = 0x164;
    static final long ALWAYS_SENSITIVE = 0x165;
    static final long EC_PARAMS = 0x180;
    static final long EC_POINT = 0x181;

    static final long PUBLIC_KEY = 2;
    static final long PRIVATE_KEY = 3;

    private static final long WORDS = 3;

    Attributes {
        attributes = List.copyOf(attributes);
    }

    Attributes with(long type, byte[] value) {
        return new Attributes(Stream.concat(attributes.stream(), Stream.of(new Attribute(type, Der.of(value))))
                .toList());
    }

    Attributes with(long type, String value) {
        return with(type, value.getBytes(StandardCharsets.UTF_8));
    }

    Attributes with(long type, long value) {
        byte[] bytes = new byte[Long.BYTES];
        MemorySegment.ofArray(bytes).set(JAVA_LONG_UNALIGNED, 0, value);
        return with(type, bytes);
    }

    Attributes with(long type, boolean value) {
        return with(type, new byte[] {(byte) (value ? 1 : 0)});
    }

    /// A value that is a CK_ULONG; -1 for one that is none.
    static long ulong(byte[] value) {
        return value.length == Long.BYTES ? MemorySegment.ofArray(value).get(JAVA_LONG_UNALIGNED, 0) : -1;
    }

    int count() {
        return attributes.size();
    }

    MemorySegment write(Arena arena) {
        var array = arena.allocate(JAVA_LONG, WORDS * count());
        for (int i = 0; i < count(); i++) {
            var value = arena.allocateFrom(JAVA_BYTE, attributes.get(i).value().bytes());
            array.setAtIndex(JAVA_LONG, WORDS * i, attributes.get(i).type());
            array.setAtIndex(JAVA_LONG, WORDS * i + 1, value.address());
            array.setAtIndex(JAVA_LONG, WORDS * i + 2, value.byteSize());
        }
        return array;
    }
}
