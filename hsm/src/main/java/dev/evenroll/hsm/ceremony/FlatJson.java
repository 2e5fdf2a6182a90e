package dev.evenroll.hsm.ceremony;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// JSON objects whose values are all text (RFC 8259), without white space: what stands in the record of a ceremony.
final class FlatJson {

    private static final int FIRST_PRINTABLE = 0x20;
    private static final int HEX_DIGITS = 4;
    private static final int MOST_MEMBERS = 64;

    private final String text;
    private int at;

    private FlatJson(String text) {
        this.text = text;
    }

    static String write(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> quoted(member.getKey()) + ":" + quoted(member.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String value) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append(c < FIRST_PRINTABLE ? String.format("\\u%04X", (int) c) : String.valueOf(c));
            }
        }
        return out.append('"').toString();
    }

    /// Reads one object.
    ///
    /// @throws IllegalArgumentException when the text is anything else
    static Map<String, String> read(String text) {
        var reader = new FlatJson(text);
        var members = reader.object();
        if (reader.at != text.length()) {
            throw reader.malformed("something follows the object");
        }
        return members;
    }

    private Map<String, String> object() {
        var members = new LinkedHashMap<String, String>();
        expect('{');
        do {
            var name = string();
            expect(':');
            if (members.put(name, string()) != null) {
                throw malformed("a member stands twice");
            }
            if (members.size() > MOST_MEMBERS) {
                throw malformed("too many members");
            }
        } while (isNext(','));
        expect('}');
        return members;
    }

    private boolean isNext(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!isNext(c)) {
            throw malformed("'" + c + "' is missing");
        }
    }

    private String string() {
        expect('"');
        var value = new StringBuilder();
        while (!isNext('"')) {
            if (at >= text.length()) {
                throw malformed("a text has no end");
            }
            char c = text.charAt(at++);
            if (c < FIRST_PRINTABLE) {
                throw malformed("a control character stands in a text");
            }
            value.append(c == '\\' ? escaped() : c);
        }
        return value.toString();
    }

    private char escaped() {
        if (at >= text.length()) {
            throw malformed("a text has no end");
        }
        char c = text.charAt(at++);
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw malformed("an escape is unknown");
        };
    }

    private char unicode() {
        int value = 0;
        for (int i = 0; i < HEX_DIGITS; i++) {
            int digit = at < text.length() ? Character.digit(text.charAt(at++), 16) : -1;
            if (digit < 0) {
                throw malformed("an escape is not four hexadecimal digits");
            }
            value = value * 16 + digit;
        }
        return (char) value;
    }

    private IllegalArgumentException malformed(String why) {
        return new IllegalArgumentException("is no JSON object of texts (at character " + at + ": " + why + ")");
    }
}
