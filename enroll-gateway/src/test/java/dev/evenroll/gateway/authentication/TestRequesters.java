package dev.evenroll.gateway.authentication;

import dev.evenroll.gateway.TestTrust;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.identity.OneTimeToken;
import dev.evenroll.pki.path.PathResult;

/// Requesters for tests that are not about authentication.
public final class TestRequesters {

    private TestRequesters() {}

    /// A device with its manufacturer's certificate.
    public static CertificateHolder device(TestTrust trust, String serialNumber) {
        return holder(
                CertificateHolder.Credential.MANUFACTURER_CERTIFICATE,
                "voltmaker",
                trust.manufacturer,
                trust.idevid(serialNumber));
    }

    /// A registration authority.
    public static CertificateHolder registrationAuthority(TestTrust trust, String name) {
        return holder(
                CertificateHolder.Credential.REGISTRATION_AUTHORITY,
                "integrator",
                trust.integrator,
                trust.registrationAuthority(trust.integrator, name));
    }

    private static CertificateHolder holder(
            CertificateHolder.Credential credential,
            String anchorName,
            CertificateAuthority anchor,
            TestTrust.Identity identity) {
        var path = new PathResult.Trusted(anchorName, anchor.certificate(), identity.chain());
        return new CertificateHolder(credential, path, identity.chain(), true);
    }

    /// An installer with a token.
    public static TokenHolder token(String deviceId, OneTimeToken token) {
        return new TokenHolder(new DeviceId(deviceId), token.sha256());
    }
}
