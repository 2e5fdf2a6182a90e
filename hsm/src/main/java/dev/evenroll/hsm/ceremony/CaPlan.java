package dev.evenroll.hsm.ceremony;

import dev.evenroll.hsm.authority.KeyPlace;
import dev.evenroll.hsm.key.KeyType;
import dev.evenroll.pki.ceremony.CaName;
import java.time.Duration;
import java.time.Instant;

/// A CA that is to be made.
///
/// @param name what it is to be called
/// @param place where its key is to be
/// @param type of its key
/// @param validity of its certificate
/// @param activeFrom from when on new certificates are prepared by it; of a root, when it was made
public record CaPlan(CaName name, KeyPlace place, KeyType type, Duration validity, Instant activeFrom) {

    public CaPlan {
        if (place instanceof KeyPlace.InToken && !type.isOfferedInTokens()) {
            throw new IllegalArgumentException("key-type: " + type
                    + " is not offered in a token; give --software to make it in a file, for tests, or another type");
        }
        if (!validity.isPositive()) {
            throw new IllegalArgumentException("validity: " + validity + " is not positive; give for example 1825d");
        }
    }

    /// Where its key is to be, in words.
    public String key() {
        return CaKey.words(place);
    }
}
