package dev.evenroll.policy.yaml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/// The text of a file that people write: UTF-8.
public final class FileText {

    /// A file that is not UTF-8.
    public static final class NotUtf8Exception extends Exception {

        private final FileProblem problem;

        NotUtf8Exception(FileProblem problem) {
            super(problem.sentence());
            this.problem = problem;
        }

        /// The first place that is not.
        public FileProblem problem() {
            return problem;
        }
    }

    private FileText() {}

    /// The text.
    ///
    /// @throws NotUtf8Exception when it is not UTF-8
    public static String decode(byte[] content) throws NotUtf8Exception {
        var decoded = CharBuffer.allocate(content.length);
        var result = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content), decoded, true);
        String text = decoded.flip().toString();
        if (result.isError()) {
            int line = (int) text.chars().filter(character -> character == '\n').count() + 1;
            int column = text.length() - text.lastIndexOf('\n');
            throw new NotUtf8Exception(
                    new FileProblem(line, column, "file: is not UTF-8 from here on; save it as UTF-8"));
        }
        return text;
    }
}
