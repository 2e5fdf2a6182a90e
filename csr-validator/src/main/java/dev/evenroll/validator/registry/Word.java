package dev.evenroll.validator.registry;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A constant as people and programs read and write it: lower case with hyphens, `just-in-time`. What callers wrote
/// before that, `JUST_IN_TIME`, is understood too.
public final class Word {

    private Word() {}

    /// The word of a constant.
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The one of the constants that a word is for.
    public static <E extends Enum<E>> Optional<E> among(E[] constants, String word) {
        var name = word.toUpperCase(Locale.ROOT).replace('-', '_');
        return Stream.of(constants)
                .filter(constant -> constant.name().equals(name))
                .findFirst();
    }
}
