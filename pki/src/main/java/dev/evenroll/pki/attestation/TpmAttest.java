package dev.evenroll.pki.attestation;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import org.jspecify.annotations.Nullable;

/// What a TPM has signed to say that an object is in it (TPMS_ATTEST).
///
/// ```
/// TPMS_ATTEST = magic:UINT32 type:UINT16 qualifiedSigner:NAME extraData:DATA clockInfo firmwareVersion:UINT64 attested
/// clockInfo   = clock:UINT64 resetCount:UINT32 restartCount:UINT32 safe:UINT8      safe is 0 or 1
/// attested    = name:NAME qualifiedName:NAME      when type is TPM_ST_ATTEST_CERTIFY, else not read
/// NAME        = TPM2B of at most 66 bytes (an algorithm and its digest)
/// DATA        = TPM2B of at most 66 bytes
/// ```
///
/// Source: TPM 2.0 Library, Part 2 (TPMS_ATTEST).
///
/// @param magic TPM_GENERATED_VALUE, when a TPM has made it: a restricted key signs nothing else that begins so
/// @param type what is attested
/// @param name the name of the object; null when something else than an object is attested
record TpmAttest(int magic, int type, @Nullable Der name) {
    /// 0xff and "TCG".
    static final int GENERATED_VALUE = 0xff544347;

    static final int ATTEST_CERTIFY = 0x8017;

    private static final int MAXIMUM_NAME_BYTES = 66;

    static TpmAttest read(Der bytes) throws MalformedException {
        var in = new TpmReader(bytes, "TPMS_ATTEST");
        int magic = in.uint32("magic");
        int type = in.uint16("type");
        byte[] _ = in.sized("qualifiedSigner", MAXIMUM_NAME_BYTES);
        byte[] _ = in.sized("extraData", MAXIMUM_NAME_BYTES);
        in.passUint64("clock");
        int _ = in.uint32("resetCount");
        int _ = in.uint32("restartCount");
        if (in.uint8("safe") > 1) {
            throw in.malformed("safe is neither 0 nor 1");
        }
        in.passUint64("firmwareVersion");
        if (type != ATTEST_CERTIFY) {
            return new TpmAttest(magic, type, null);
        }
        Der name = Der.of(in.sized("name", MAXIMUM_NAME_BYTES));
        byte[] _ = in.sized("qualifiedName", MAXIMUM_NAME_BYTES);
        in.end();
        return new TpmAttest(magic, type, name);
    }
}
