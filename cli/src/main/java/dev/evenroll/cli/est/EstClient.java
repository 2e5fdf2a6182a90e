package dev.evenroll.cli.est;

import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.tls.ClientIdentity;
import dev.evenroll.cli.tls.UntrustedServerException;
import dev.evenroll.pki.Der;
import java.io.IOException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// The EST client of one device (RFC 7030): each operation is one connection with a handshake of its own.
///
/// It is as strict as the strictest client in the field (no chunked transfer, no redirect, exact media type), so that a
/// server that leaves the profile is found out by the simulated fleet.
///
/// Every operation may be repeated as it is: a repeated enrollment request is the same enrollment.
public final class EstClient {

    /// Longer than a gateway waits before it answers 202.
    private static final Duration EXCHANGE_LIMIT = Duration.ofSeconds(30);

    private static final String OPERATIONS = "/.well-known/est/";

    private final EstServer server;
    private final SSLContext context;
    private final Optional<TokenCredentials> credentials;
    private final EstAnswers answers;

    /// A client of one server.
    ///
    /// @param identity what the device proves in the handshake: its IDevID or its present certificate
    public EstClient(EstServer server, Optional<ClientIdentity> identity, InstantSource clock) {
        this(server, identity, Optional.empty(), clock);
    }

    private EstClient(
            EstServer server,
            Optional<ClientIdentity> identity,
            Optional<TokenCredentials> credentials,
            InstantSource clock) {
        this.server = server;
        this.context = server.trusted().context(identity);
        this.credentials = credentials;
        this.answers = new EstAnswers(clock);
    }

    /// A client that proves itself by a one-time token.
    public static EstClient with(EstServer server, TokenCredentials credentials, InstantSource clock) {
        return new EstClient(server, Optional.empty(), Optional.of(credentials), clock);
    }

    /// The CA certificates (RFC 7030 section 4.1).
    public List<X509Certificate> caCertificates() throws FaultException, UntrustedServerException {
        return exchange("cacerts", get("cacerts"), answers::caCertificates);
    }

    /// Asks for a first certificate (RFC 7030 section 4.2.1).
    ///
    /// @param certificationRequest PKCS #10, DER
    /// @param key the key of the request, which the certificate must carry
    public EnrollmentAnswer simpleEnroll(Der certificationRequest, PublicKey key)
            throws FaultException, UntrustedServerException {
        return enroll("simpleenroll", certificationRequest, key);
    }

    /// Asks for the successor of the certificate that is presented in the handshake (RFC 7030 section 4.2.2).
    public EnrollmentAnswer simpleReenroll(Der certificationRequest, PublicKey key)
            throws FaultException, UntrustedServerException {
        return enroll("simplereenroll", certificationRequest, key);
    }

    private EnrollmentAnswer enroll(String operation, Der certificationRequest, PublicKey key)
            throws FaultException, UntrustedServerException {
        return exchange(operation, post(operation, certificationRequest), answer -> answers.enrollment(answer, key));
    }

    private <T> T exchange(String operation, String request, Reading<T> reading)
            throws FaultException, UntrustedServerException {
        try (var connection = HttpsConnection.open(context, server.address(), EXCHANGE_LIMIT)) {
            return reading.read(connection.exchange(request));
        } catch (IOException e) {
            if (UntrustedServerException.isBehind(e)) {
                throw new UntrustedServerException("The EST server at " + server.address(), e);
            }
            throw new FaultException(sentence(operation, e), e);
        }
    }

    private String sentence(String operation, IOException e) {
        var what = e instanceof WireException ? "the server " + e.getMessage() : String.valueOf(e.getMessage());
        return operation + " at " + server.address() + " failed: " + what + ".";
    }

    private String get(String operation) {
        return "GET " + OPERATIONS + operation + " HTTP/1.1\r\n" + commonHeaders() + "\r\n";
    }

    /// RFC 8951 section 3.1: base64 of the DER, `Content-Transfer-Encoding` sent for servers that still look for it.
    private String post(String operation, Der certificationRequest) {
        var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificationRequest.bytes()) + "\n";
        var authorization = credentials
                .map(proof -> "Authorization: " + proof.authorization() + "\r\n")
                .orElse("");
        return "POST " + OPERATIONS + operation + " HTTP/1.1\r\n" + commonHeaders() + authorization
                + "Content-Type: application/pkcs10\r\n"
                + "Content-Transfer-Encoding: base64\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private String commonHeaders() {
        return "Host: " + server.address().getRawAuthority() + "\r\n" + "Connection: close\r\n" + "Accept: */*\r\n";
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(HttpAnswer answer) throws WireException, FaultException;
    }
}
