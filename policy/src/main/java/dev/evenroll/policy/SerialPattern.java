package dev.evenroll.policy;

import dev.evenroll.policy.yaml.UnusableValueException;
import java.util.BitSet;

/// A regular expression for whole serial numbers; immutable.
///
/// It takes time in proportion to its own size times the length of the serial number, whatever it says:
/// it follows all ways through the pattern at once (Thompson, CACM 11(6), 1968) instead of one after
/// the other. So neither a careless pattern nor a crafted serial number can hold the service up, which
/// `java.util.regex` does not promise.
///
/// The language is that of [PatternReader].
public final class SerialPattern {

    private final String text;
    private final PatternProgram program;

    private SerialPattern(String text, PatternProgram program) {
        this.text = text;
        this.program = program;
    }

    static SerialPattern parse(String text) throws UnusableValueException {
        return new SerialPattern(text, PatternProgram.of(PatternReader.read(text)));
    }

    /// As it was written.
    public String text() {
        return text;
    }

    /// Whether it describes the whole serial number.
    boolean matches(String serialNumber) {
        var states = program.start();
        for (int i = 0; i < serialNumber.length() && !states.isEmpty(); i++) {
            states = program.after(states, serialNumber.charAt(i));
        }
        return program.accepts(states);
    }

    /// Same text, same pattern.
    @Override
    public boolean equals(Object other) {
        return other instanceof SerialPattern pattern && pattern.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    /// Characters that may stand in a serial number: `A-Z a-z 0-9 . _ -`.
    static BitSet alphabet() {
        var alphabet = new BitSet();
        alphabet.or(digits());
        alphabet.set('A', 'Z' + 1);
        alphabet.set('a', 'z' + 1);
        alphabet.set('.');
        alphabet.set('_');
        alphabet.set('-');
        return alphabet;
    }

    static BitSet digits() {
        var digits = new BitSet();
        digits.set('0', '9' + 1);
        return digits;
    }
}
