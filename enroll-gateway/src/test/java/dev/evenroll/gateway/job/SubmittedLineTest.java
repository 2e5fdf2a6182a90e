package dev.evenroll.gateway.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmittedLineTest {

    private static final String CSR = CertificationRequests.create(Keys.generateP256(), "SN-1", "Operator")
            .base64();

    @Test
    void aRequestIsReadFromBase64AndFromPem() throws Exception {
        var csr = CertificationRequests.create(Keys.generateP256(), "SN-1", "Operator");
        var pem = Pem.encodeCertificationRequest(csr).replace("\n", "\\n");

        for (var line : new String[] {
            "{\"csr\":\"" + csr.base64() + "\"}",
            "{\"deviceId\":\"SN-1\", \"csr\":\"" + csr.base64() + "\"}\r",
            " {\"csr\":\"" + pem + "\",\"deviceId\":\"SN-1\"} "
        }) {
            assertThat(read(line)).isInstanceOfSatisfying(SubmittedLine.WellFormed.class, found -> {
                assertThat(found.device().value()).isEqualTo("SN-1");
                assertThat(found.certificationRequest()).isEqualTo(csr);
            });
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                     | | is empty; WANTED
            `  `                                   | | is empty; WANTED
            [1]                                    | | is no JSON object; WANTED
            "x"                                    | | is no JSON object; WANTED
            {                                      | | is not JSON (RFC 8259), at character 2; WANTED
            {"csr":"CSR"                           | | is not JSON (RFC 8259), at character END; WANTED
            {}                                     | | csr: is missing; WANTED
            {"deviceId":"SN-1"}                    | SN-1 | csr: is missing; WANTED
            {"csr":1}                              | | csr: is no text; put it in quotation marks
            {"csr":{"a":[]}}                       | | csr: is no text; put it in quotation marks
            {"csr":null}                           | | csr: is no text; put it in quotation marks
            {"csr":"a","csr":"b"}                  | | csr: is there twice; give it once
            {"deviceID":"SN-1"}                    | | deviceID: is not known here; WANTED
            {"a b":"SN-1"}                         | | a field: is not known here; WANTED
            {"csr":"CSR"} {}                       | | has something behind its JSON object; put one on a line
            {"csr":""}                             | | csr: text: is empty; send the PKCS#10 request in base64
            {"csr":"?"}                            | | csr: text: is not base64; send the PKCS#10 request (DER) in base64 (RFC 8951 section 2.1)
            {"csr":"-----BEGIN X-----"}            | | csr: PEM text: the block "X" has no end line; the file was cut off
            {"deviceId":"a b","csr":"CSR"}         | | deviceId: device id: may hold letters, digits, '.', '_' and '-' only, and begins with a letter or a digit
            {"deviceId":"SN-2","csr":"CSR"}        | SN-2 | deviceId: is SN-2, but the request in csr names SN-1 (CN); give both the same name
            """)
    void whatIsNoLineIsSaidInWords(String line, String deviceId, String reason) {
        var text = line.replace("CSR", CSR);

        assertThat(read(text))
                .isEqualTo(new SubmittedLine.Malformed(
                        Optional.ofNullable(deviceId).orElse(""),
                        new LineFinding(
                                "job-line",
                                "line 7: "
                                        + reason.replace(
                                                        "WANTED",
                                                        "a line is {\"csr\": ...}, with \"deviceId\" if wanted")
                                                .replace("END", Integer.toString(text.length() + 1))
                                        + ".")));
    }

    @Test
    void whatIsTooLongOrNoUtf8IsSaidInWords() {
        assertThat(read("x".repeat(SubmittedLine.MAXIMUM_BYTES + 1)))
                .isEqualTo(new SubmittedLine.Malformed(
                        "",
                        new LineFinding("job-line", "line 7: is longer than 24576 bytes; put one request on a line.")));
        assertThat(read(new byte[] {'{', (byte) 0xc3, '}'}))
                .isEqualTo(new SubmittedLine.Malformed(
                        "", new LineFinding("job-line", "line 7: is not UTF-8; save the file in UTF-8.")));
    }

    @Test
    void damagedLinesAreReadWithoutHarm() {
        var random = new Random(20261122);
        var whole = ("{\"deviceId\":\"SN-1\",\"csr\":\"" + CSR + "\"}").getBytes(StandardCharsets.UTF_8);
        var malformed = 0;
        for (int i = 0; i < 20_000; i++) {
            var bytes = whole.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                var end = random.nextBoolean() ? 40 : bytes.length;
                bytes[random.nextInt(end)] = (byte) random.nextInt(256);
            }
            if (random.nextInt(5) == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            if (read(bytes) instanceof SubmittedLine.Malformed bad) {
                malformed++;
                assertThat(bad.finding().message())
                        .startsWith("line 7: ")
                        .endsWith(".")
                        .hasSizeLessThan(1000)
                        .doesNotContainPattern("\\p{Cntrl}");
            }
        }
        assertThat(malformed).isGreaterThan(10_000);
    }

    private static SubmittedLine read(String line) {
        return read(line.getBytes(StandardCharsets.UTF_8));
    }

    private static SubmittedLine read(byte[] line) {
        var splitter = new LineSplitter(SubmittedLine.MAXIMUM_BYTES);
        var ended = Arrays.copyOf(line, line.length + 1);
        for (int i = 0; i < line.length; i++) {
            if (ended[i] == '\n') {
                ended[i] = ' ';
            }
        }
        ended[line.length] = '\n';
        splitter.feed(ended);
        return SubmittedLine.read(7, splitter.next().orElseThrow());
    }
}
