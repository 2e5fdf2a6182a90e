package dev.evenroll.gateway.est;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstTargetTest {

    private static final String ADVICE =
            "use /.well-known/est/ followed by cacerts, simpleenroll or simplereenroll; for base64 on one line"
                    + " begin with /.well-known/est/unwrapped/ or /unwrapped/.well-known/est/ instead.";

    @ParameterizedTest
    @CsvSource({
        "/.well-known/est/cacerts, CACERTS, WRAPPED",
        "/.well-known/est/simpleenroll, SIMPLEENROLL, WRAPPED",
        "/.well-known/est/simplereenroll, SIMPLEREENROLL, WRAPPED",
        "/.well-known/est/unwrapped/cacerts, CACERTS, UNWRAPPED",
        "/.well-known/est/unwrapped/simpleenroll, SIMPLEENROLL, UNWRAPPED",
        // strongSwan before 6.0: the path of its URL, then the well-known part.
        "/unwrapped/.well-known/est/cacerts, CACERTS, UNWRAPPED",
        "/unwrapped/.well-known/est/simplereenroll, SIMPLEREENROLL, UNWRAPPED",
    })
    void anOperationIsKnown(String path, EstOperation operation, Base64Form form) {
        assertThat(EstTarget.parse(path)).isEqualTo(new EstTarget.Known(operation, form));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                   | This is an EST server; ",
                "/                                    | This is an EST server; ",
                "/.well-known/est                     | This is an EST server; ",
                "/.well-known/est/                    | The operation in the path is not offered; ",
                "/.well-known/est/csrattrs            | The operation \"csrattrs\" is not offered; ",
                "/.well-known/est/cacerts/            | The label \"cacerts\" is unknown; ",
                "/.well-known/est/factory/cacerts     | The label \"factory\" is unknown; ",
                "/.well-known/est/a/b/cacerts         | A label is one path segment, given once; ",
                "/factory/.well-known/est/cacerts     | The label \"factory\" is unknown; ",
                "/<b>/.well-known/est/cacerts         | The label in the path is unknown; ",
                "//.well-known/est/cacerts            | The label in the path is unknown; ",
                "/a/b/.well-known/est/cacerts         | A label is one path segment, given once; ",
                "/unwrapped/.well-known/est/unwrapped/cacerts | A label is one path segment, given once; ",
                "/unwrapped/.well-known/est/csrattrs  | The operation \"csrattrs\" is not offered; ",
                "unwrapped/.well-known/est/cacerts    | This is an EST server; ",
                "/unwrapped/cacerts                   | This is an EST server; ",
                "/.well-known/est/../simpleenroll     | The label \"..\" is unknown; ",
                "/.well-known/est/%63acerts           | The operation in the path is not offered; ",
                "/.well-known/est/<script>            | The operation in the path is not offered; ",
                "/.well-known/est/CACERTS             | The operation \"CACERTS\" is not offered; ",
            })
    void anythingElseIsUnknownAndSaysWhatThereIs(String path, String beginning) {
        assertThat(EstTarget.parse(path)).isEqualTo(new EstTarget.Unknown(beginning.strip() + " " + ADVICE));
    }

    @Test
    void aLongSegmentIsNotSaidBack() {
        assertThat(EstTarget.parse("/.well-known/est/" + "x".repeat(65)))
                .isEqualTo(new EstTarget.Unknown("The operation in the path is not offered; " + ADVICE));
    }
}
