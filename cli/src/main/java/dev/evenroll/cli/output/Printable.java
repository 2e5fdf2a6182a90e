package dev.evenroll.cli.output;

/// Makes text of others harmless to a terminal: control characters, which could move the cursor or change colours,
/// and characters that turn the direction of writing are shown by their number in hexadecimal digits.
public final class Printable {

    private Printable() {}

    /// One line: line breaks are shown by their number too.
    public static String line(String text) {
        return escaped(text, false);
    }

    /// Several lines: line breaks stay.
    public static String text(String text) {
        return escaped(text, true);
    }

    private static String escaped(String text, boolean keepLineBreaks) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' && keepLineBreaks) {
                out.append(c);
            } else if (harmful(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean harmful(char c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
