package dev.evenroll.pki.attestation;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import java.util.Arrays;

/// Reads a marshalled structure of a TPM from its first byte to its last: big-endian numbers, and byte strings with
/// their length before them (TPM2B).
///
/// ```
/// UINT16 = 2 octets
/// UINT32 = 4 octets
/// TPM2B  = size:UINT16 size*octet      with a greatest size for each field
/// ```
///
/// Source: TPM 2.0 Library, Part 2 (TPM2B types).
final class TpmReader {
    private final byte[] bytes;
    private final String structure;
    private int position;

    /// @param structure what the bytes are said to be, for the messages
    TpmReader(Der bytes, String structure) {
        this.bytes = bytes.bytes();
        this.structure = structure;
    }

    int uint8(String field) throws MalformedException {
        return take(1, field)[0] & 0xff;
    }

    int uint16(String field) throws MalformedException {
        byte[] taken = take(2, field);
        return ((taken[0] & 0xff) << 8) | (taken[1] & 0xff);
    }

    /// The 32 bits, in an `int` whatever the first of them is.
    int uint32(String field) throws MalformedException {
        return (uint16(field) << 16) | uint16(field);
    }

    /// Passes over a field of 64 bits that nobody asks for.
    void passUint64(String field) throws MalformedException {
        byte[] _ = take(8, field);
    }

    /// A TPM2B.
    ///
    /// @param maximumBytes the greatest size of the field
    byte[] sized(String field, int maximumBytes) throws MalformedException {
        int size = uint16(field);
        if (size > maximumBytes) {
            throw malformed(field + " has " + size + " bytes, at most " + maximumBytes + " are possible");
        }
        return take(size, field);
    }

    /// Requires that nothing follows.
    void end() throws MalformedException {
        if (position != bytes.length) {
            throw malformed((bytes.length - position) + " bytes follow its end");
        }
    }

    MalformedException malformed(String reason) {
        return new MalformedException(structure, reason);
    }

    private byte[] take(int length, String field) throws MalformedException {
        if (length > bytes.length - position) {
            throw malformed("ends in the midst of " + field);
        }
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }
}
