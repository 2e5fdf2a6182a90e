package dev.evenroll.issuer.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// The configuration of the issuer. What is missing or misspelt stops the start with the name of the property.
@ConfigMapping(prefix = "evenroll")
public interface IssuerConfiguration {

    /// `test`, `staging` or `production`.
    String environment();

    /// Stable name of this replica, unique among the issuer's replicas.
    @WithDefault("0")
    String instance();

    Kafka kafka();

    Ca ca();

    /// File of certificate profiles (docs/PROFILES.md); those that are built in when not set.
    Optional<Path> profiles();

    /// How to reach the broker.
    interface Kafka {

        /// Standard Kafka client properties file, with the credentials of the principal `issuer`.
        Path clientProperties();
    }

    /// The CA. Its key is either in a PKCS#12 file or in a PKCS#11 token.
    interface Ca {

        /// PKCS#12 file with the alias `issuing-ca`: key and chain up to the root.
        Optional<Path> keystore();

        /// Password of the keystore, one line.
        Optional<Path> keystorePasswordFile();

        /// The token with the key.
        Optional<Token> pkcs11();

        /// PEM file for a key in a token: the certificate of the issuing CA first, the root last.
        Optional<Path> chain();

        /// CRL distribution point of profiles that name none: an http URL, which may hold `{issuer}` and `{shard}`
        /// (docs/PROFILES.md).
        String crlUrl();
    }

    /// A PKCS#11 token.
    interface Token {

        /// Its library.
        Path module();

        /// Its label.
        String tokenLabel();

        /// CKA_LABEL of the private key.
        String keyLabel();

        /// Its user PIN, one line.
        Path pinFile();

        /// How many signatures are asked for at a time; 4 when not set.
        OptionalInt sessions();

        /// When a call is said to be slow; 2 seconds when not set.
        Optional<Duration> slowAfter();

        /// What NSS takes at C_Initialize; not set for other libraries.
        Optional<String> initArguments();
    }
}
