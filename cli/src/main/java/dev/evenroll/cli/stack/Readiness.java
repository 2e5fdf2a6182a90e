package dev.evenroll.cli.stack;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;

/// Asks the health endpoint of a service whether it is ready.
final class Readiness {

    private static final int LIMIT_MILLIS = 2_000;

    private Readiness() {}

    /// @param management base of the service's management interface
    static boolean of(URI management) {
        try {
            var url = management.resolve("/q/health/ready").toURL();
            if (url.openConnection(Proxy.NO_PROXY) instanceof HttpURLConnection connection) {
                connection.setConnectTimeout(LIMIT_MILLIS);
                connection.setReadTimeout(LIMIT_MILLIS);
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            }
            return false;
        } catch (IOException notYet) {
            return false;
        }
    }
}
