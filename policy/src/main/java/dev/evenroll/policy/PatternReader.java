package dev.evenroll.policy;

import dev.evenroll.policy.yaml.UnusableValueException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Reads a regular expression for serial numbers. A part of the language that everybody knows:
///
/// ```
/// pattern    = branch *( "|" branch )
/// branch     = 1*( atom [ "*" / "+" / "?" / "{n}" / "{n,}" / "{n,m}" ] )      ; n, m at most 64
/// atom = character / "." / "\d" / "\w" / "\" character / "(" pattern ")" / "[" [ "^" ] 1*item "]" item
/// = character / character "-" character / "\d" / "\w" / "\" character character = one that may stand
/// in a serial number: A-Z a-z 0-9 . _ -
/// ```
///
/// It has no anchors, because it always describes the whole serial number, and neither options,
/// look-around nor back references.
final class PatternReader {

    /// Serial numbers have no more characters (RFC 5280 appendix A.1, ub-common-name).
    static final int LONGEST_SERIAL_NUMBER = 64;

    private static final int LONGEST_PATTERN = 500;
    private static final int DEEPEST_GROUP = 10;
    private static final BitSet ALPHABET = SerialPattern.alphabet();

    private final String text;
    private int position;
    private int depth;

    private PatternReader(String text) {
        this.text = text;
    }

    static PatternSyntax read(String text) throws UnusableValueException {
        if (text.isEmpty() || text.length() > LONGEST_PATTERN) {
            throw new UnusableValueException("has " + text.length() + " characters; write 1 to " + LONGEST_PATTERN);
        }
        var reader = new PatternReader(text);
        var pattern = reader.pattern();
        if (reader.more()) {
            throw reader.unusable("\")\" closes no group");
        }
        return pattern;
    }

    private PatternSyntax pattern() throws UnusableValueException {
        List<PatternSyntax> branches = new ArrayList<>();
        branches.add(branch());
        while (taken('|')) {
            branches.add(branch());
        }
        return branches.size() == 1 ? branches.getFirst() : new PatternSyntax.Choice(List.copyOf(branches));
    }

    private PatternSyntax branch() throws UnusableValueException {
        List<PatternSyntax> parts = new ArrayList<>();
        while (more() && peek() != '|' && peek() != ')') {
            parts.add(repeated(atom()));
        }
        if (parts.isEmpty()) {
            throw unusable("there is nothing before it to choose or to group; write (...)? for what may be absent");
        }
        return parts.size() == 1 ? parts.getFirst() : new PatternSyntax.Sequence(List.copyOf(parts));
    }

    private PatternSyntax atom() throws UnusableValueException {
        char next = take();
        return switch (next) {
            case '(' -> group();
            case '[' -> new PatternSyntax.OneOf(set());
            case '.' -> new PatternSyntax.OneOf(ALPHABET);
            case '\\' -> new PatternSyntax.OneOf(escaped());
            case '*', '+', '?', '{' -> throw unusable("\"" + next + "\" repeats nothing; write \\ before a character");
            case '^', '$' ->
                throw unusable("\"" + next + "\" is not needed, the whole serial number is compared; remove it");
            default -> new PatternSyntax.OneOf(only(next));
        };
    }

    private PatternSyntax group() throws UnusableValueException {
        if (++depth > DEEPEST_GROUP) {
            throw unusable("groups stand more than " + DEEPEST_GROUP + " deep; write it more simply");
        }
        var inner = pattern();
        if (!taken(')')) {
            throw unusable("a group is not closed; write \")\"");
        }
        depth--;
        return inner;
    }

    private PatternSyntax repeated(PatternSyntax part) throws UnusableValueException {
        if (taken('*')) {
            return once(new PatternSyntax.Repetition(part, 0, PatternSyntax.Repetition.UNBOUNDED));
        }
        if (taken('+')) {
            return once(new PatternSyntax.Repetition(part, 1, PatternSyntax.Repetition.UNBOUNDED));
        }
        if (taken('?')) {
            return once(new PatternSyntax.Repetition(part, 0, 1));
        }
        return taken('{') ? once(counted(part)) : part;
    }

    private PatternSyntax once(PatternSyntax repetition) throws UnusableValueException {
        if (more() && "*+?{".indexOf(peek()) >= 0) {
            throw unusable("\"" + peek() + "\" repeats a repetition; put a group around the first one");
        }
        return repetition;
    }

    private PatternSyntax counted(PatternSyntax part) throws UnusableValueException {
        int least = number();
        int most = least;
        if (taken(',')) {
            most = more() && peek() == '}' ? PatternSyntax.Repetition.UNBOUNDED : number();
        }
        if (!taken('}')) {
            throw unusable("a repetition is not closed; write {6}, {2,} or {2,6}");
        }
        if (most != PatternSyntax.Repetition.UNBOUNDED && most < Math.max(least, 1)) {
            throw unusable("a repetition of {" + least + "," + most + "} never happens; begin with the smaller number");
        }
        return new PatternSyntax.Repetition(part, least, most);
    }

    private int number() throws UnusableValueException {
        int number = 0;
        int start = position;
        while (more() && peek() >= '0' && peek() <= '9' && position - start < 3) {
            number = 10 * number + (take() - '0');
        }
        if (position == start || number > LONGEST_SERIAL_NUMBER) {
            throw unusable("a repetition needs a number of 0 to " + LONGEST_SERIAL_NUMBER + "; write {6} or {2,6}");
        }
        return number;
    }

    private BitSet set() throws UnusableValueException {
        boolean negated = taken('^');
        var set = new BitSet();
        do {
            set.or(item());
        } while (more() && peek() != ']');
        if (!taken(']')) {
            throw unusable("a set of characters is not closed; write \"]\"");
        }
        if (negated) {
            var others = SerialPattern.alphabet();
            others.andNot(set);
            set = others;
        }
        if (set.isEmpty()) {
            throw unusable("the set leaves no character of a serial number; widen it");
        }
        return set;
    }

    private BitSet item() throws UnusableValueException {
        char first = take();
        if (first == '\\') {
            return escaped();
        }
        boolean isRange = position + 1 < text.length() && peek() == '-' && text.charAt(position + 1) != ']';
        return isRange ? range(first) : only(first);
    }

    private BitSet range(char first) throws UnusableValueException {
        position++;
        char last = take();
        boolean alike = (isDigit(first) && isDigit(last))
                || (isUpper(first) && isUpper(last))
                || (isLower(first) && isLower(last));
        if (!alike || last < first) {
            throw unusable("\"" + first + "-" + last + "\" is no range; write it like 0-9, A-F or a-f");
        }
        var range = new BitSet();
        range.set(first, last + 1);
        return range;
    }

    private BitSet escaped() throws UnusableValueException {
        char next = take();
        return switch (next) {
            case 'd' -> SerialPattern.digits();
            case 'w' -> word();
            case '.', '_', '-' -> only(next);
            default -> throw unusable("\"\\" + next + "\" means nothing here; there are \\d, \\w, \\. and \\-");
        };
    }

    private static BitSet word() {
        var word = SerialPattern.alphabet();
        word.clear('.');
        word.clear('-');
        return word;
    }

    private BitSet only(char character) throws UnusableValueException {
        if (!ALPHABET.get(character)) {
            throw unusable("\"" + character
                    + "\" never stands in a serial number, which has letters, digits, '.', '_' and '-' only");
        }
        var set = new BitSet();
        set.set(character);
        return set;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isUpper(char character) {
        return character >= 'A' && character <= 'Z';
    }

    private static boolean isLower(char character) {
        return character >= 'a' && character <= 'z';
    }

    private boolean more() {
        return position < text.length();
    }

    private char peek() {
        return text.charAt(position);
    }

    private boolean taken(char wanted) {
        boolean here = more() && peek() == wanted;
        if (here) {
            position++;
        }
        return here;
    }

    private char take() throws UnusableValueException {
        if (!more()) {
            throw unusable("it ends too early; complete it");
        }
        return text.charAt(position++);
    }

    private UnusableValueException unusable(String reason) {
        return new UnusableValueException(
                "\"" + text + "\" is no pattern, see character " + Math.max(position, 1) + ": " + reason);
    }
}
