package dev.evenroll.cli.command;

import dev.evenroll.pki.Der;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 digests in hexadecimal digits, lower case.
final class Digests {

    private Digests() {}

    static String sha256(Der der) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der.bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256; run on a complete JDK 25.", e);
        }
    }
}
