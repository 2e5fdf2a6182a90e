package dev.evenroll.gateway.authentication;

import dev.evenroll.gateway.TestTrust;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.identity.OneTimeToken;

/// Requesters for tests that are not about authentication.
public final class TestRequesters {

    private TestRequesters() {}

    /// A device with its manufacturer's certificate.
    public static CertificateHolder device(TestTrust trust, String serialNumber) {
        return new CertificateHolder(
                CertificateHolder.Credential.MANUFACTURER_CERTIFICATE,
                "voltmaker",
                trust.idevid(serialNumber).chain());
    }

    /// A registration authority.
    public static CertificateHolder registrationAuthority(TestTrust trust, String name) {
        return new CertificateHolder(
                CertificateHolder.Credential.REGISTRATION_AUTHORITY,
                "integrator",
                trust.registrationAuthority(trust.integrator, name).chain());
    }

    /// An installer with a token.
    public static TokenHolder token(String deviceId, OneTimeToken token) {
        return new TokenHolder(new DeviceId(deviceId), token.sha256());
    }
}
