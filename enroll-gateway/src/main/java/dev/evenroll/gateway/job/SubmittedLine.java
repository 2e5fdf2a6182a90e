package dev.evenroll.gateway.job;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.evenroll.gateway.est.SubmittedRequest;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.identity.DeviceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// A line of a bulk job: a JSON object (RFC 8259) with `csr`, a PKCS#10 request as base64 of its DER or as PEM, and,
/// if wanted, `deviceId`, which then has to be the CN of the request. Nothing else may stand in it.
sealed interface SubmittedLine {

    /// Longest line, in bytes.
    int MAXIMUM_BYTES = 24 * 1024;

    /// Name of the rule that finds what is wrong here.
    String RULE = "job-line";

    /// A request that can be handed on to be judged.
    record WellFormed(DeviceId device, Der certificationRequest) implements SubmittedLine {}

    /// None.
    ///
    /// @param deviceId the device that the line names; empty when it names none
    record Malformed(String deviceId, LineFinding finding) implements SubmittedLine {}

    /// Reads a line.
    ///
    /// @param number of the line, for the finding
    static SubmittedLine read(int number, LineSplitter.Line line) {
        try {
            if (line.tooLong()) {
                throw new Grammar.BadLineException(
                        "", "is longer than " + MAXIMUM_BYTES + " bytes; put one request on a line");
            }
            return Grammar.read(Grammar.fields(line.bytes()));
        } catch (Grammar.BadLineException e) {
            return new Malformed(e.deviceId, new LineFinding(RULE, "line " + number + ": " + e.getMessage() + "."));
        }
    }

    /// What a line consists of.
    final class Grammar {
        private static final String DEVICE_ID = "deviceId";
        private static final String CSR = "csr";
        private static final String WANTED = "a line is {\"csr\": ...}, with \"deviceId\" if wanted";
        /// What may be said back.
        private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

        private static final JsonFactory JSON = new JsonFactory();

        private Grammar() {}

        /// A line that can not be used.
        private static final class BadLineException extends Exception {
            private final String deviceId;

            private BadLineException(String deviceId, String message) {
                super(message);
                this.deviceId = deviceId;
            }
        }

        private static WellFormed read(Map<String, String> fields) throws BadLineException {
            var named = fields.getOrDefault(DEVICE_ID, "");
            if (fields.containsKey(DEVICE_ID)) {
                var problem = DeviceId.problemWith(named);
                if (problem.isPresent()) {
                    throw new BadLineException(
                            "", DEVICE_ID + ": " + problem.get().message());
                }
            }
            var csr = fields.get(CSR);
            if (csr == null) {
                throw new BadLineException(named, CSR + ": is missing; " + WANTED);
            }
            return switch (SubmittedRequest.readText(csr)) {
                case SubmittedRequest.Malformed(var reason) ->
                    throw new BadLineException(named, CSR + ": " + reason.substring(0, reason.length() - 1));
                case SubmittedRequest.WellFormed(var request, var device) -> {
                    if (!named.isEmpty() && !named.equals(device.value())) {
                        throw new BadLineException(
                                named,
                                DEVICE_ID + ": is " + named + ", but the request in csr names " + device
                                        + " (CN); give both the same name");
                    }
                    yield new WellFormed(device, request.der());
                }
            };
        }

        private static Map<String, String> fields(byte[] line) throws BadLineException {
            var text = text(line);
            if (text.isBlank()) {
                throw new BadLineException("", "is empty; " + WANTED);
            }
            try (var parser = JSON.createParser(text)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw new BadLineException("", "is no JSON object; " + WANTED);
                }
                var fields = new HashMap<String, String>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    enter(parser, fields);
                }
                if (parser.nextToken() != null) {
                    throw new BadLineException("", "has something behind its JSON object; put one on a line");
                }
                return fields;
            } catch (JsonProcessingException e) {
                // Its message quotes the line.
                throw new BadLineException(
                        "",
                        "is not JSON (RFC 8259), at character "
                                + e.getLocation().getColumnNr() + "; " + WANTED);
            } catch (IOException e) {
                throw new UncheckedIOException("A line in memory could not be read.", e);
            }
        }

        private static void enter(JsonParser parser, Map<String, String> fields) throws IOException, BadLineException {
            var name = parser.currentName();
            if (!name.equals(DEVICE_ID) && !name.equals(CSR)) {
                throw new BadLineException(
                        "", (PLAIN.matcher(name).matches() ? name : "a field") + ": is not known here; " + WANTED);
            }
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                throw new BadLineException("", name + ": is no text; put it in quotation marks");
            }
            if (fields.put(name, parser.getText()) != null) {
                throw new BadLineException("", name + ": is there twice; give it once");
            }
        }

        private static String text(byte[] line) throws BadLineException {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(line))
                        .toString();
            } catch (CharacterCodingException _) {
                throw new BadLineException("", "is not UTF-8; save the file in UTF-8");
            }
        }
    }
}
