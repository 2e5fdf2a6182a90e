package dev.evenroll.hsm.authority;

import dev.evenroll.hsm.pkcs11.Pkcs11Settings;
import java.nio.file.Path;

/// Where the private key of a CA is.
public sealed interface KeyPlace {
    /// In a PKCS#11 token.
    record InToken(Pkcs11Settings settings) implements KeyPlace {}

    /// In a PKCS#12 file.
    ///
    /// @param keystore with the alias [AuthorityKey#ALIAS]
    /// @param passwordFile its password, one line
    record InFile(Path keystore, Path passwordFile) implements KeyPlace {}
}
