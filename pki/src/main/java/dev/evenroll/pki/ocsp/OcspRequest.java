package dev.evenroll.pki.ocsp;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.DerWriter;
import java.util.List;
import java.util.Optional;

/// A question about the status of certificates (OCSPRequest, RFC 6960 section 4.1).
///
/// What else a client may send is passed over: its name, its signature (whoever asks gets the same answer), and
/// extensions that are not critical.
///
/// @param certificates those asked about, at least one and at most [#MOST], in order, repetitions included
/// @param nonce to be repeated in the answer
public record OcspRequest(List<OcspCertId> certificates, Optional<OcspNonce> nonce) {
    /// In bytes. Twenty certificates named with SHA-256 have less than 3 KiB; the rest is for the signature of a client
    /// and its certificate.
    public static final int LONGEST = 8 * 1024;

    /// A client in the profile of RFC 5019 asks about one, one that checks a chain about a few. Each costs the
    /// responder
    /// a look-up.
    public static final int MOST = 20;

    private static final int SEQUENCE = 0x30;
    private static final int REQUEST_EXTENSIONS = 0xa2;

    public OcspRequest {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty() || certificates.size() > MOST) {
            throw new IllegalArgumentException(
                    "certificates: are " + certificates.size() + "; ask about 1 to " + MOST + " at a time");
        }
    }

    /// Reads a request.
    ///
    /// @param der what came from the client, of any length
    /// @throws MalformedException when it is anything but version 1 in DER within the limits, or has a critical
    ///     extension that is unknown here
    public static OcspRequest read(byte[] der) throws MalformedException {
        return OcspRequestReader.read(der);
    }

    /// The request in DER, unsigned.
    public byte[] encode() {
        byte[] questions = DerWriter.joined(certificates.stream()
                .map(certificate -> DerWriter.tagged(SEQUENCE, certificate.encode()))
                .toArray(byte[][]::new));
        return DerWriter.tagged(
                SEQUENCE,
                DerWriter.tagged(
                        SEQUENCE,
                        DerWriter.tagged(SEQUENCE, questions),
                        OcspExtensions.encode(REQUEST_EXTENSIONS, nonce)));
    }
}
