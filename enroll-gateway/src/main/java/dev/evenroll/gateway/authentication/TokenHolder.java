package dev.evenroll.gateway.authentication;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.identity.EnrollmentId;
import java.util.List;

/// A requester that showed what reads like a one-time token of an installer. Nobody has judged the token yet:
/// only csr-validator knows which ones there are. The token itself is not kept, here or anywhere.
public final class TokenHolder implements Requester {

    private final DeviceId device;
    private final String tokenSha256;

    TokenHolder(DeviceId device, String tokenSha256) {
        this.device = device;
        this.tokenSha256 = tokenSha256;
    }

    /// The device that the token is said to be for.
    public DeviceId device() {
        return device;
    }

    /// SHA-256 of the token's text, 64 lower-case hex digits.
    public String tokenSha256() {
        return tokenSha256;
    }

    @Override
    public String subject() {
        return device.value();
    }

    /// None: whatever certificate the connection may show, it is the token that speaks.
    @Override
    public List<Der> chain() {
        return List.of();
    }

    @Override
    public EnrollmentId enrollment(Der certificationRequest) {
        return EnrollmentId.ofToken(tokenSha256, certificationRequest);
    }

    @Override
    public String toString() {
        return "TokenHolder[" + device + "]";
    }
}
