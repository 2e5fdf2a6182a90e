package dev.evenroll.cli.trust;

import dev.evenroll.cli.files.OwnerOnly;
import dev.evenroll.hsm.authority.CeremonyDirectory;
import dev.evenroll.hsm.ceremony.CeremonyException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.schemas.topic.Principal;
import java.io.IOException;
import java.nio.file.Files;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes what is missing of the trust material of a local stack, and renews what expires soon.
///
/// - Devices: a root and below it the CA that issues to devices, made by a ceremony ([LocalHierarchy]); and beside that
///   the CA of the EST server, so that the root which `/cacerts` hands out anchors the server too.
/// - Platform: a CA apart, for the Kafka principals and the administration interfaces. A device's certificate is worth
///   nothing there, and a service's nothing at the EST server.
/// - The simulated manufacturer: a root apart, trusted for IDevIDs.
/// - The CA of registration authorities: a root apart, trusted for local controllers and factory lines.
/// - A key pair for the tokens of this machine's operator.
///
/// A CA is opened only when it has to sign; a start that finds everything reads no CA key.
public final class TrustMaterial {

    private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);
    private static final Duration LEAF_VALIDITY = Duration.ofDays(397);
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private static final List<String> DIRECTORIES = List.of(
            "ca",
            "est",
            "manufacturers",
            "manufacturer",
            "attestation",
            "registration-authorities",
            "registration-authority",
            "platform",
            "kafka",
            "administration",
            "tokens");

    private final TrustFiles files;
    private final InstantSource clock;
    private final List<String> renewed = new ArrayList<>();
    private @Nullable CertificateAuthority platform;

    private TrustMaterial(TrustFiles files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
    }

    /// Makes or renews what has to be.
    ///
    /// @param issuing makes the key of the issuing CA when there is none yet
    /// @param environment that the CAs are of
    /// @param serverNames by which devices call the EST server, besides those of this machine
    /// @param administered the services with an administration interface
    /// @return what was made or renewed, in words; empty when all was there
    public static List<String> establish(
            TrustFiles files,
            NewIssuingKey issuing,
            Environment environment,
            List<String> serverNames,
            List<String> administered,
            InstantSource clock)
            throws IOException, InterruptedException {
        var material = new TrustMaterial(files, clock);
        for (var directory : DIRECTORIES) {
            OwnerOnly.directory(files.root().resolve(directory));
        }
        material.deviceAuthorities(issuing, environment, ServerNames.LOOPBACK.and(serverNames));
        material.manufacturer();
        material.registrationAuthorities();
        material.platform(administered);
        material.tokens();
        return List.copyOf(material.renewed);
    }

    private void deviceAuthorities(NewIssuingKey key, Environment environment, ServerNames names)
            throws IOException, InterruptedException {
        // The server's CA is made last: when it is there, so is everything else.
        if (!Files.exists(files.caChain())
                || !Files.exists(files.serverAuthority().keyStore())) {
            issuing(key, environment);
            var root = files.rootAuthority().open(clock);
            files.serverAuthority()
                    .openOrCreate(() -> root.subordinate("Evenroll Local Server CA", 0, AUTHORITY_VALIDITY), clock);
            renewed.add("the CA of the devices");
        }
        var leaf = files.estServer();
        if (!leaf.serves(clock.instant(), RENEW_BEFORE, names.all())) {
            var authority = files.serverAuthority().open(clock);
            var keys = Keys.generateP256();
            var certificate = authority.issueServer(
                    "Evenroll EST server", names.dns(), names.addresses(), keys.getPublic(), LEAF_VALIDITY);
            var chain = authority.chainOf(certificate);
            // RFC 8446 section 4.4.2: the root may be left out; who verifies has it.
            leaf.write(chain.subList(0, chain.size() - 1), keys.getPrivate());
            renewed.add("the certificate of the EST server");
        }
    }

    private void issuing(NewIssuingKey key, Environment environment) throws IOException, InterruptedException {
        switch (key.where()) {
            case FILE -> {
                try {
                    new LocalHierarchy(CeremonyDirectory.of(files.caDirectory()), environment, clock)
                            .makeWithKeyInFile();
                } catch (CeremonyException refused) {
                    throw new IOException("The CA of the devices could not be made: " + refused.getMessage(), refused);
                }
            }
            case TOKEN -> files.token().makeAuthorities(files.root(), environment, key.classPath());
        }
    }

    private void manufacturer() throws IOException {
        if (!Files.exists(files.manufacturerAnchor())) {
            var authority = files.manufacturerAuthority()
                    .openOrCreate(
                            () -> CertificateAuthority.selfSigned(
                                    "Simulated Manufacturer CA", AUTHORITY_VALIDITY.multipliedBy(2), clock),
                            clock);
            OwnerOnly.write(files.manufacturerAnchor(), Pem.encode(authority.certificate()));
            renewed.add("the simulated manufacturer");
        }
    }

    private void registrationAuthorities() throws IOException {
        if (!Files.exists(files.registrationAuthorityAnchor())) {
            var authority = files.registrationAuthorityCa()
                    .openOrCreate(
                            () -> CertificateAuthority.selfSigned(
                                    "Evenroll Local Registration Authority CA",
                                    AUTHORITY_VALIDITY.multipliedBy(2),
                                    clock),
                            clock);
            OwnerOnly.write(files.registrationAuthorityAnchor(), Pem.encode(authority.certificate()));
            renewed.add("the CA of registration authorities");
        }
    }

    private void platform(List<String> administered) throws IOException {
        if (!Files.exists(files.platformAnchor())) {
            var authority = files.platformAuthority()
                    .openOrCreate(
                            () -> CertificateAuthority.selfSigned(
                                    "Evenroll Local Platform CA", AUTHORITY_VALIDITY.multipliedBy(2), clock),
                            clock);
            OwnerOnly.write(files.platformAnchor(), Pem.encode(authority.certificate()));
            renewed.add("the CA of the platform");
        }
        var clients = Stream.concat(
                Stream.of(Principal.values()).map(Principal::principalName), Stream.of(TrustFiles.PROVISIONER));
        for (var principal : clients.toList()) {
            renew(
                    files.kafka(principal),
                    List.of(),
                    (authority, keys) -> authority.issueClient(principal, keys.getPublic(), LEAF_VALIDITY));
        }
        var names = ServerNames.LOOPBACK;
        renew(
                files.kafka(TrustFiles.BROKER),
                names.all(),
                (authority, keys) -> authority.issuePeer(
                        TrustFiles.BROKER, names.dns(), names.addresses(), keys.getPublic(), LEAF_VALIDITY));
        for (var service : administered) {
            renew(
                    files.administration(service),
                    names.all(),
                    (authority, keys) -> authority.issueServer(
                            service, names.dns(), names.addresses(), keys.getPublic(), LEAF_VALIDITY));
        }
    }

    /// What a CA issues for a new key.
    private interface Issuance {
        X509Certificate issue(CertificateAuthority authority, KeyPair keys);
    }

    private void renew(LeafFile leaf, List<String> names, Issuance issuance) throws IOException {
        if (!leaf.serves(clock.instant(), RENEW_BEFORE, names)) {
            var keys = Keys.generateP256();
            var certificate = issuance.issue(platformAuthority(), keys);
            leaf.write(List.of(certificate), keys.getPrivate());
            renewed.add("the certificate " + leaf.certificate().getFileName());
        }
    }

    private CertificateAuthority platformAuthority() throws IOException {
        if (platform == null) {
            platform = files.platformAuthority().open(clock);
        }
        return platform;
    }

    private void tokens() throws IOException {
        if (!Files.exists(files.tokenVerificationKey())) {
            var keys = Keys.generateP256();
            var encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
            OwnerOnly.write(files.tokenKey(), Pem.encode(keys.getPrivate()));
            OwnerOnly.write(
                    files.tokenVerificationKey(),
                    "-----BEGIN PUBLIC KEY-----\n"
                            + encoder.encodeToString(keys.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----\n");
            renewed.add("the key of the operator's tokens");
        }
    }
}
