package dev.evenroll.cli.trust;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the key of an issuing CA is made.
///
/// @param where it is made and stays
/// @param classPath of this program, for the process that makes it in a token
public record NewIssuingKey(CaKey where, List<Path> classPath) {

    public NewIssuingKey {
        classPath = List.copyOf(classPath);
    }

    /// Where it was asked for; else in a token, where SoftHSM2 is installed.
    ///
    /// @throws IllegalArgumentException when a token is asked for and SoftHSM2 is not installed
    public static NewIssuingKey of(@Nullable CaKey asked, List<Path> classPath) {
        var installed = SoftToken.module().isPresent();
        if (asked == CaKey.TOKEN && !installed) {
            throw new IllegalArgumentException("A token was asked for with --ca-key token, and SoftHSM2 is not"
                    + " installed: install it (Debian package softhsm2), or start with --ca-key file.");
        }
        return new NewIssuingKey(asked == null ? installed ? CaKey.TOKEN : CaKey.FILE : asked, classPath);
    }
}
