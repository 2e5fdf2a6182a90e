package dev.evenroll.revocation.connection.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OcppUrlTest {

    @ParameterizedTest
    @CsvSource({
        "/CP-1, CP-1",
        "/ocpp/CP-1, CP-1",
        "/ocpp/2.0.1/DE*ABC*E1, DE*ABC*E1",
        "/ocpp/DE%2aABC%2AE1, DE*ABC*E1",
        "/ocpp/CP-1?token=/CP-2, CP-1",
        "/ocpp/a+b, a+b",
        "//CP-1, CP-1"
    })
    void theLastSegmentIsTheIdentity(String target, String identity) {
        assertThat(OcppUrl.identity(target).orElse("")).isEqualTo(identity);
    }

    /// A CSMS that resolves them would take another name out of the URL than we do.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/ocpp/CP-1/",
                "/ocpp/CP-1/..",
                "/ocpp/CP-2/../CP-1",
                "/ocpp/CP-2/%2e%2E/CP-1",
                "/ocpp/./CP-1",
                "/ocpp/CP-2%2FCP-1",
                "/ocpp/x%2fy/CP-1",
                "/ocpp/CP-2#/CP-1",
                "/ocpp/CP-1%",
                "/ocpp/CP-1%4",
                "/ocpp/CP-1%zz",
                "/ocpp/CP-1%00",
                "/ocpp/CP-1%0a",
                "/ocpp/CP-1;x",
                "/ocpp/CP-1\\",
                "/ocpp/CP-ä",
                "/ocpp/CP-%C3%A4",
                "/ocpp/%2543P-1"
            })
    void whatMightBeReadDifferentlyNamesNobody(String target) {
        assertThat(OcppUrl.identity(target)).isEmpty();
    }

    @Test
    void anIdentityHasAtMost48Characters() {
        assertThat(OcppUrl.identity("/" + "x".repeat(48))).isPresent();
        assertThat(OcppUrl.identity("/" + "x".repeat(49))).isEmpty();
    }
}
