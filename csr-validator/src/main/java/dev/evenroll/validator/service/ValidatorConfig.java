package dev.evenroll.validator.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What the operator says. A missing property stops the start, and so does one that is not known here.
@ConfigMapping(prefix = "evenroll")
public interface ValidatorConfig {

    /// test, staging or production.
    String environment();

    /// Stable name of this replica, unique among the replicas of the service.
    @WithDefault("0")
    String instance();

    Kafka kafka();

    Trust trust();

    Ca ca();

    /// `https://host:port` under which the other replicas reach the administration listener of this one; not
    /// needed where there is one replica only.
    Optional<URI> advertisedUrl();

    /// PEM: the CA that certifies the administration listeners of the replicas; by default those that the JDK
    /// trusts.
    Optional<Path> advertisedAnchor();

    /// Directory of the state stores, kept between starts.
    Path stateDirectory();

    /// YAML: the policies for enrollment just in time, followed while the service runs. Absent: nobody enrolls so.
    Optional<Path> policies();

    /// Keys that nobody may have: a SHA-256 of a SubjectPublicKeyInfo in hexadecimal digits a line, followed while
    /// the service runs.
    Optional<Path> blockedKeys();

    /// YAML: the certificate profiles (docs/PROFILES.md), the same file as the issuer's; those that are built in when
    /// not set.
    Optional<Path> profiles();

    Profile profile();

    Enrollment enrollment();

    /// How to reach the broker.
    interface Kafka {

        /// Standard Kafka client properties.
        Path clientProperties();
    }

    /// Whom to trust.
    interface Trust {

        /// Directory of `<manufacturer>.pem` and `<manufacturer>/<model>.pem`, followed while the service runs.
        Path manufacturers();

        /// Directory of `<name>.pem`: CAs of registration authorities, followed while the service runs. Absent: only
        /// those that the issuing CA has certified count.
        Optional<Path> registrationAuthorities();

        /// Directory of `<manufacturer>.pem` and `<manufacturer>/<model>.pem`: CAs of the attestation keys in their
        /// TPMs, followed while the service runs. Absent: no key counts as attested.
        Optional<Path> attestation();
    }

    /// What certificates are issued for, beyond the fixed rules.
    interface Profile {

        /// Whether a renewal may keep the key.
        @WithDefault("false")
        boolean sameKeyOnRenewal();

        /// So many certificates in use, or enrollments under way, one device may have at a time: 2 to 1000.
        @WithDefault("20")
        int mostCertificates();
    }

    /// The way of an enrollment.
    interface Enrollment {

        /// So long the CA may take: a request that it has not answered by then is judged anew when it is made again.
        /// From 5 minutes to 30 days.
        @WithDefault("PT24H")
        Duration inFlightLimit();
    }

    /// The CAs of this environment.
    interface Ca {

        /// The directory of CAs, of which `chains/` and `cross/` are read.
        Path directory();
    }
}
