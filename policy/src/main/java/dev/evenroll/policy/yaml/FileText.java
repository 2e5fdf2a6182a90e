package dev.evenroll.policy;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// The text of a file of policies: UTF-8.
final class PolicyText {

    private PolicyText() {}

    /// @throws UnusablePolicyException when it is not UTF-8
    static String decode(byte[] content) throws UnusablePolicyException {
        var decoded = CharBuffer.allocate(content.length);
        var result = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content), decoded, true);
        String text = decoded.flip().toString();
        if (result.isError()) {
            int line = (int) text.chars().filter(character -> character == '\n').count() + 1;
            int column = text.length() - text.lastIndexOf('\n');
            throw new UnusablePolicyException(
                    List.of(new PolicyProblem(line, column, "file: is not UTF-8 from here on; save it as UTF-8")),
                    Map.of());
        }
        return text;
    }
}
