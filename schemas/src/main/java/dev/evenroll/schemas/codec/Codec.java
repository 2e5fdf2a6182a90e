package dev.evenroll.schemas.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.MissingSchemaException;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.ClassSecurityValidator;
import org.jspecify.annotations.Nullable;

/// Encodes and decodes one kind of record: Avro single-object encoding. A record written with any version that this jar
/// keeps is read as the current one.
///
/// Safe for use by many threads.
public final class Codec<T extends SpecificRecordBase> {

    /// No record is larger; a length inside hostile bytes that claims more is refused before memory is taken for it.
    static final int LARGEST_RECORD_BYTES = 16 * 1024 * 1024;

    static {
        // A schema may only ever name the classes made from this module's own schemas.
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.DEFAULT, type -> type.getPackageName().startsWith("dev.evenroll.schemas.")));
        System.setProperty("org.apache.avro.limits.bytes.maxLength", Integer.toString(LARGEST_RECORD_BYTES));
        System.setProperty("org.apache.avro.limits.string.maxLength", Integer.toString(LARGEST_RECORD_BYTES));
        System.setProperty("org.apache.avro.limits.collectionItems.maxLength", Integer.toString(1_000_000));
    }

    private final Class<T> type;
    private final BinaryMessageEncoder<T> encoder;
    private final BinaryMessageDecoder<T> decoder;

    private Codec(Class<T> type) {
        var data = SpecificData.getForClass(type);
        var schema = data.getSchema(type);
        this.type = type;
        this.encoder = new BinaryMessageEncoder<>(data, schema);
        this.decoder = new BinaryMessageDecoder<>(data, schema, SchemaVersions.store());
    }

    /// The codec of a generated record class.
    public static <T extends SpecificRecordBase> Codec<T> of(Class<T> type) {
        return new Codec<>(type);
    }

    public byte[] encode(T record) {
        try {
            ByteBuffer buffer = encoder.encode(record);
            var bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new IllegalStateException("Encoding a " + type.getSimpleName() + " into memory failed.", e);
        }
    }

    /// Reads a record that any version of this jar wrote.
    ///
    /// @param bytes the value of a Kafka record; null (a tombstone) is undecodable
    /// @throws UndecodableException when the bytes are not such a record, with the reason
    public T decode(byte @Nullable [] bytes) throws UndecodableException {
        if (bytes == null) {
            throw new UndecodableException("The value is empty; a " + type.getSimpleName() + " was expected.");
        }
        try {
            var buffer = ByteBuffer.wrap(bytes);
            return decoder.decode(buffer);
        } catch (MissingSchemaException e) {
            throw new UndecodableException(
                    "The value has no schema fingerprint that this version knows; a " + type.getSimpleName()
                            + " was expected. If a newer version wrote it, upgrade this service.",
                    e);
        } catch (IOException | RuntimeException e) {
            // Avro answers hostile bytes with runtime exceptions of many kinds; each means the same here.
            throw new UndecodableException("The value is not a well-formed " + type.getSimpleName() + ".", e);
        }
    }
}
