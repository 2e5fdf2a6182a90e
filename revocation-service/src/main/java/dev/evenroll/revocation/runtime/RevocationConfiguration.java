package dev.evenroll.revocation.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The configuration of the service. What is missing or misspelt stops the start with the name of the
/// property.
@ConfigMapping(prefix = "evenroll")
public interface RevocationConfiguration {

    /// `test`, `staging` or `production`.
    String environment();

    /// Stable name of this replica, unique among the service's replicas.
    @WithDefault("0")
    String instance();

    /// Directory of the stores; kept between starts.
    Path stateDirectory();

    /// The file of profiles that `issuer` issues under; left out, those that are built in. It says how many
    /// revocation lists a CA has, and how certificates name them.
    Optional<Path> profiles();

    Kafka kafka();

    Ca ca();

    Crl crl();

    Connection connection();

    Ocsp ocsp();

    Renewal renewal();

    /// How to reach the broker.
    interface Kafka {

        /// Standard Kafka client properties file, with the credentials of the principal
        /// `revocation-service`.
        Path clientProperties();
    }

    /// The CAs whose certificates are looked after.
    interface Ca {

        /// The directory of CAs, of which `chains/` and `cross/` are read.
        Path directory();

        /// The revocation list of profiles that name none: what `issuer` has.
        String crlUrl();
    }

    /// Revocation lists.
    interface Crl {

        /// Address to serve lists on.
        String host();

        /// Port to serve lists on; certificates name it.
        int port();

        /// From the preparation of a list to its nextUpdate.
        @WithDefault("24h")
        Duration lifetime();
    }

    /// Connection authorization: what the operator's TLS front asks.
    interface Connection {

        /// Address to answer on. Plain HTTP: only the TLS front may reach it.
        @WithDefault("127.0.0.1")
        String host();

        /// Port to answer on.
        int port();

        /// Names of the certificate profiles whose devices may connect.
        @WithDefault("charging-station,charging-station-ocpp16")
        Set<String> profiles();

        /// Nobody is let in when what this replica knows is older.
        @WithDefault("15s")
        Duration longestSilence();
    }

    /// OCSP. Off without a port.
    interface Ocsp {

        /// Address to answer on. Plain HTTP: answers are signed.
        @WithDefault("0.0.0.0")
        String host();

        /// Port to answer on; certificates name it.
        OptionalInt port();

        /// `host:port` where the other replicas reach it, another one for each: needed as soon as there are two.
        Optional<String> advertised();

        /// From thisUpdate to nextUpdate of an answer: so long a client may rely on an old one.
        @WithDefault("10m")
        Duration lifetime();
    }

    /// How many renewals are asked for at once, by each replica. When they are due, the profiles say.
    interface Renewal {

        /// Events `renewal.due` and `renewal.overdue` in a second.
        @WithDefault("50")
        int perSecond();

        /// The same for one site in a minute.
        @WithDefault("20")
        int perSiteAndMinute();
    }
}
