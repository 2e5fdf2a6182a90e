package dev.evenroll.gateway.authentication;

import dev.evenroll.gateway.TestTrust;

/// Requesters for tests that are not about authentication.
public final class TestRequesters {

    private TestRequesters() {}

    /// A device with its manufacturer's certificate.
    public static Requester device(TestTrust trust, String serialNumber) {
        return new Requester(
                Requester.Credential.MANUFACTURER_CERTIFICATE,
                "voltmaker",
                trust.idevid(serialNumber).chain());
    }
}
