package dev.evenroll.policy;

import java.util.BitSet;
import java.util.List;

/// A regular expression as it was read.
sealed interface PatternSyntax {

    /// One character of a set.
    record OneOf(BitSet set) implements PatternSyntax {}

    /// One after the other; at least one.
    record Sequence(List<PatternSyntax> parts) implements PatternSyntax {}

    /// One of them; at least one.
    record Choice(List<PatternSyntax> branches) implements PatternSyntax {}

    /// So many times.
    ///
    /// @param most [#UNBOUNDED] when there is no upper bound
    record Repetition(PatternSyntax part, int least, int most) implements PatternSyntax {
        static final int UNBOUNDED = -1;
    }
}
