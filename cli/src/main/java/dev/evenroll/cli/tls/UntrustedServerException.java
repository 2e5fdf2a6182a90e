package dev.evenroll.cli.tls;

import dev.evenroll.cli.retry.FinalException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/// The server did not prove to be the one that was meant: trying again does not help, and going on would be wrong.
public final class UntrustedServerException extends FinalException {

    public UntrustedServerException(String server, Throwable cause) {
        super(
                server + " is not trusted: " + reason(cause)
                        + ". Another program may listen there, or the data directory belongs to another stack.",
                cause);
    }

    /// Whether a failed handshake was ended by this side because of the server's certificate.
    public static boolean isBehind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    private static String reason(Throwable failure) {
        var message = failure.getMessage();
        return failure instanceof SSLException && message != null
                ? message.replaceFirst("^\\(\\w+\\) ", "").replaceFirst("\\.$", "")
                : failure.toString();
    }
}
