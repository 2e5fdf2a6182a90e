package dev.evenroll.policy.yaml;

/// What stands in a file, as a message quotes it.
public final class Excerpt {

    private static final int LONGEST = 60;

    private Excerpt() {}

    /// In quotation marks, at most 60 characters of it, control characters replaced.
    public static String of(String text) {
        var excerpt = new StringBuilder("\"");
        text.codePoints().limit(LONGEST).map(Excerpt::printable).forEach(excerpt::appendCodePoint);
        return excerpt.append(text.codePointCount(0, text.length()) > LONGEST ? "…\"" : "\"")
                .toString();
    }

    /// Whether nobody is misled by printing it.
    public static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static int printable(int codePoint) {
        return isPrintable(codePoint) ? codePoint : '?';
    }
}
