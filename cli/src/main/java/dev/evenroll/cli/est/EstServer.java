package dev.evenroll.cli.est;

import dev.evenroll.cli.tls.TrustedServers;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;

/// An EST server and whom to believe there.
///
/// @param address `https://host:port`
/// @param trusted servers that may answer there
public record EstServer(URI address, TrustedServers trusted) {

    public EstServer {
        if (!"https".equals(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "EST address: \"" + address + "\" is not of the form https://host:port.");
        }
    }

    /// The server at an address.
    ///
    /// @param anchors explicit trust anchors, RFC 7030 section 3.6.1
    public static EstServer of(URI address, List<X509Certificate> anchors) {
        return new EstServer(address, TrustedServers.of(anchors));
    }
}
