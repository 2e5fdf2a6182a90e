package dev.evenroll.cli.credentials;

import dev.evenroll.pki.Der;
import java.security.PublicKey;

/// A certification request that has no certificate yet. Sent again as it is, it is the same enrollment.
///
/// @param request PKCS #10, DER
/// @param key the key of the request
public record PendingRequest(Der request, PublicKey key) {}
