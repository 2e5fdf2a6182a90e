package dev.evenroll.pki;

/// Purposes of a key (extendedKeyUsage, RFC 5280 section 4.2.1.12) that this system tells apart, by
/// object identifier.
public final class KeyPurpose {
    /// id-kp-clientAuth: a TLS client.
    public static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    /// id-kp-serverAuth: a TLS server.
    public static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

    /// id-kp-cmcRA (RFC 6402 section 2.10): a registration authority, which enrolls others.
    public static final String CMC_RA = "1.3.6.1.5.5.7.3.28";

    /// id-kp-OCSPSigning (RFC 6960 section 4.2.2.2): speaks for a CA about revocation.
    public static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

    /// tcg-kp-AIKCertificate (TCG OID registry): the attestation key of a TPM, which signs only what that TPM has made.
    public static final String ATTESTATION_KEY = "2.23.133.8.3";

    private KeyPurpose() {}
}
