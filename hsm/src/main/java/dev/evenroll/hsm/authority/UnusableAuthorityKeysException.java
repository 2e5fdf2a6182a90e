package dev.evenroll.hsm.authority;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Files that do not say where the keys of the CAs are. The message lists everything that is wrong with them.
public final class UnusableAuthorityKeysException extends Exception {
    UnusableAuthorityKeysException(List<String> problems) {
        super(String.join("; ", problems));
    }

    UnusableAuthorityKeysException(String problem, @Nullable Throwable cause) {
        super(problem, cause);
    }
}
