package dev.evenroll.pki.authority;

import dev.evenroll.pki.KeyPurpose;
import dev.evenroll.pki.asn1.KeyIdentifiers;
import dev.evenroll.pki.asn1.StrictDer;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// What a certificate of a [CertificateAuthority] is for.
sealed interface CertificateKind {
    /// A CA.
    ///
    /// @param pathLength how many CAs may stand below it
    record Ca(int pathLength) implements CertificateKind {}

    /// A TLS server (RFC 9525): known by the names in subjectAltName.
    record Server(List<GeneralName> names) implements CertificateKind {}

    /// A TLS server that is also a client of its like: a broker of a cluster.
    record Peer(List<GeneralName> names) implements CertificateKind {}

    /// A TLS client.
    record Client() implements CertificateKind {}

    /// A party that enrolls others: id-kp-cmcRA (RFC 6402 section 2.10).
    record RegistrationAuthority() implements CertificateKind {}

    /// The identity that a manufacturer gives a device for its life (IEEE 802.1AR section 8).
    record Idevid() implements CertificateKind {}

    /// The attestation key of a TPM, which signs only what that TPM has made.
    record AttestationKey() implements CertificateKind {}

    /// The extensions of a certificate of this kind.
    ///
    /// @param issuerKeyId the subjectKeyIdentifier of the issuer
    default List<Extension> extensions(SubjectPublicKeyInfo key, byte[] issuerKeyId) {
        var extensions = new ArrayList<Extension>();
        extensions.add(extension(Extension.basicConstraints, true, basicConstraints()));
        extensions.add(extension(Extension.keyUsage, true, new KeyUsage(keyUsage())));
        if (!purposes().isEmpty()) {
            extensions.add(extension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(purposes().toArray(KeyPurposeId[]::new))));
        }
        if (!subjectAlternativeNames().isEmpty()) {
            extensions.add(extension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(subjectAlternativeNames().toArray(GeneralName[]::new))));
        }
        extensions.add(
                extension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(KeyIdentifiers.of(key))));
        extensions.add(extension(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(issuerKeyId)));
        return extensions;
    }

    private BasicConstraints basicConstraints() {
        return this instanceof Ca ca ? new BasicConstraints(ca.pathLength()) : new BasicConstraints(false);
    }

    private int keyUsage() {
        return this instanceof Ca ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature;
    }

    private List<GeneralName> subjectAlternativeNames() {
        return switch (this) {
            case Server server -> server.names();
            case Peer peer -> peer.names();
            case Ca _, Client _, RegistrationAuthority _, Idevid _, AttestationKey _ -> List.of();
        };
    }

    private List<KeyPurposeId> purposes() {
        return switch (this) {
            case Peer _ -> List.of(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth);
            case Server _ -> List.of(KeyPurposeId.id_kp_serverAuth);
            case Client _ -> List.of(KeyPurposeId.id_kp_clientAuth);
            case RegistrationAuthority _ ->
                List.of(
                        KeyPurposeId.id_kp_clientAuth,
                        KeyPurposeId.getInstance(new ASN1ObjectIdentifier(KeyPurpose.CMC_RA)));
            case AttestationKey _ ->
                List.of(KeyPurposeId.getInstance(new ASN1ObjectIdentifier(KeyPurpose.ATTESTATION_KEY)));
            case Ca _, Idevid _ -> List.of();
        };
    }

    private static Extension extension(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
        return new Extension(type, critical, StrictDer.encode(value));
    }
}
