package dev.evenroll.cli.trust;

import dev.evenroll.hsm.authority.AuthorityKey;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the trust material of a local stack lies. Every file with a private key holds one secret, for one process.
///
/// @param root the data directory
public record TrustFiles(Path root) {

    /// The name of the manufacturer whose CA key is at hand.
    public static final String MANUFACTURER = "simulated";

    /// Common name of the broker's certificate, and of the principal that creates topics and access rules.
    public static final String BROKER = "broker";

    public static final String PROVISIONER = "evenroll-provisioner";

    /// Name of the issuing CA that is made with the stack.
    private static final String ISSUING = "issuing-1";

    /// The directory of CAs, as every service takes it.
    public Path caDirectory() {
        return root.resolve("ca");
    }

    /// PEM: the first issuing CA of devices, then the root.
    public Path caChain() {
        return caDirectory().resolve("chains/" + ISSUING + ".pem");
    }

    /// The root of devices, as the ceremony has left it.
    AuthorityFile rootAuthority() {
        return new AuthorityFile(caDirectory().resolve("roots/root-1.p12"), AuthorityKey.ALIAS);
    }

    /// The first CA that signs devices' certificates, where its key is in a file; only issuer reads it.
    AuthorityFile issuingAuthority() {
        return new AuthorityFile(caDirectory().resolve("keys/" + ISSUING + ".p12"), AuthorityKey.ALIAS);
    }

    /// The token with the key of the CA that signs devices' certificates, where it is not in a file.
    public SoftToken token() {
        return SoftToken.of(caDirectory());
    }

    /// Where the key of the CA that signs devices' certificates was made.
    public CaKey caKey() {
        return Files.exists(issuingAuthority().keyStore()) ? CaKey.FILE : CaKey.TOKEN;
    }

    /// The CA that signs the EST server's certificate, so that who trusts the root from `/cacerts` trusts the server.
    AuthorityFile serverAuthority() {
        return new AuthorityFile(root.resolve("est/server-ca.p12"), "server-ca");
    }

    public LeafFile estServer() {
        return LeafFile.inTwo(root.resolve("est"), "certificate.pem", "key.pem");
    }

    /// Directory with one `<manufacturer>.pem` for each manufacturer whose devices may enroll.
    public Path manufacturers() {
        return root.resolve("manufacturers");
    }

    Path manufacturerAnchor() {
        return manufacturers().resolve(MANUFACTURER + ".pem");
    }

    /// The simulated manufacturer's CA: makes IDevIDs of simulated devices.
    public AuthorityFile manufacturerAuthority() {
        return new AuthorityFile(root.resolve("manufacturer/" + MANUFACTURER + ".p12"), MANUFACTURER);
    }

    /// Directory with one `<manufacturer>.pem` for each manufacturer whose devices' TPMs may attest keys.
    public Path attestation() {
        return root.resolve("attestation");
    }

    /// Directory with one `<name>.pem` for each CA whose registration authorities may speak for devices.
    public Path registrationAuthorities() {
        return root.resolve("registration-authorities");
    }

    Path registrationAuthorityAnchor() {
        return registrationAuthorities().resolve("local.pem");
    }

    /// The CA that certifies the registration authorities of this machine: local controllers and factory lines.
    public AuthorityFile registrationAuthorityCa() {
        return new AuthorityFile(root.resolve("registration-authority/ca.p12"), "registration-authority-ca");
    }

    AuthorityFile platformAuthority() {
        return new AuthorityFile(root.resolve("platform/platform-ca.p12"), "platform-ca");
    }

    /// PEM: anchors the Kafka principals, the broker and the administration interfaces.
    public Path platformAnchor() {
        return root.resolve("platform/platform-ca.pem");
    }

    /// Key and certificate of a Kafka principal, in one PEM file, as Kafka takes them.
    public LeafFile kafka(String principal) {
        return LeafFile.inOne(root.resolve("kafka/" + principal + ".pem"));
    }

    /// TLS certificate and key of a service's administration interface.
    public LeafFile administration(String service) {
        return LeafFile.inTwo(root.resolve("administration"), service + ".certificate.pem", service + ".key.pem");
    }

    /// PEM (PKCS#8, P-256): signs the bearer tokens of this machine's operator.
    public Path tokenKey() {
        return root.resolve("tokens/signing-key.pem");
    }

    /// PEM: the public half of [#tokenKey()], for the services that take such tokens.
    public Path tokenVerificationKey() {
        return root.resolve("tokens/verification-key.pem");
    }
}
