package dev.evenroll.pki.authority;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.KeyIdentifiers;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.SerialNumber;
import dev.evenroll.pki.issuance.SignatureScheme;
import dev.evenroll.pki.issuance.SignedStructure;
import dev.evenroll.pki.issuance.TbsFields;
import dev.evenroll.pki.issuance.WrongSignatureException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;

/// A CA whose key is at hand: a key pair and the certificates from its own up to its root.
///
/// It makes the roots, the servers and the clients of an installation, and manufacturers for tests.
/// Certificates of devices are made by [dev.evenroll.pki.issuance] with a key that need not be at hand.
public final class CertificateAuthority {
    /// What 802.1AR section 8.7 writes for a device without end.
    private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

    private static final Duration DEFAULT_CLIENT_VALIDITY = Duration.ofDays(397);

    /// The clocks of those who read the certificate may be slow.
    private static final Duration BACKDATE = Duration.ofMinutes(5);

    private static final int ROOT_PATH_LENGTH = 3;

    private final KeyPair keys;
    private final IssuingCertificate certificate;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    private CertificateAuthority(KeyPair keys, List<X509Certificate> chain, InstantSource clock) {
        this.keys = keys;
        this.certificate = IssuingCertificate.of(chain);
        this.clock = clock;
    }

    /// A CA from its key pair and its certificates, its own first, its root last.
    ///
    /// @throws IllegalArgumentException when they do not belong together
    public static CertificateAuthority of(KeyPair keys, List<X509Certificate> chain, InstantSource clock) {
        var authority = new CertificateAuthority(keys, chain, clock);
        byte[] probe = {1};
        if (!authority
                .certificate
                .scheme()
                .verifies(authority.certificate.publicKey(), Der.of(probe), authority.sign(Der.of(probe)))) {
            throw new IllegalArgumentException("keys: are not those of the CA certificate; give the matching pair");
        }
        return authority;
    }

    /// A new root with a new P-256 key.
    ///
    /// @param name its common name
    public static CertificateAuthority selfSigned(String name, Duration validity, InstantSource clock) {
        return selfSigned(name, Keys.generateP256(), validity, clock);
    }

    /// A new root with a given key.
    public static CertificateAuthority selfSigned(String name, KeyPair keys, Duration validity, InstantSource clock) {
        var key = SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
        Instant notBefore = clock.instant().minus(BACKDATE).truncatedTo(ChronoUnit.SECONDS);
        var fields = new TbsFields(
                SerialNumber.random(new SecureRandom()),
                SignatureScheme.of(keys.getPublic()),
                commonName(name),
                notBefore,
                notBefore.plus(validity),
                commonName(name),
                key,
                new CertificateKind.Ca(ROOT_PATH_LENGTH).extensions(key, KeyIdentifiers.of(key)));
        Der tbs = fields.encode();
        byte[] signature = sign(keys, fields.signature(), tbs);
        Der root = SignedStructure.join(tbs, fields.signature(), signature);
        return of(keys, List.of(decode(root)), clock);
    }

    /// A new CA below this one, with a new P-256 key.
    ///
    /// @param pathLength how many CAs may stand below the new one; 0 for one that issues to devices only
    public CertificateAuthority subordinate(String name, int pathLength, Duration validity) {
        KeyPair subordinateKeys = Keys.generateP256();
        return of(subordinateKeys, certifySubordinate(name, pathLength, subordinateKeys.getPublic(), validity), clock);
    }

    /// Certifies the key of a CA below this one, which may live in a token.
    ///
    /// @return the new certificate first, the root last
    public List<X509Certificate> certifySubordinate(String name, int pathLength, PublicKey key, Duration validity) {
        return chainOf(issue(commonName(name), key, end(validity), new CertificateKind.Ca(pathLength)));
    }

    /// Issues to a TLS server.
    ///
    /// @param ipAddresses in text, for example `127.0.0.1`
    public X509Certificate issueServer(
            String commonName, List<String> dnsNames, List<String> ipAddresses, PublicKey key, Duration validity) {
        return issue(
                commonName(commonName), key, end(validity), new CertificateKind.Server(names(dnsNames, ipAddresses)));
    }

    /// Issues to a TLS server that is also a client of its like, as the brokers of a Kafka cluster are.
    ///
    /// @param ipAddresses in text, for example `127.0.0.1`
    public X509Certificate issuePeer(
            String commonName, List<String> dnsNames, List<String> ipAddresses, PublicKey key, Duration validity) {
        return issue(
                commonName(commonName), key, end(validity), new CertificateKind.Peer(names(dnsNames, ipAddresses)));
    }

    private static List<GeneralName> names(List<String> dnsNames, List<String> ipAddresses) {
        List<GeneralName> names = Stream.concat(
                        dnsNames.stream().map(name -> new GeneralName(GeneralName.dNSName, name)),
                        ipAddresses.stream().map(address -> new GeneralName(GeneralName.iPAddress, address)))
                .toList();
        if (names.isEmpty()) {
            throw new IllegalArgumentException("server names: are missing; give at least one DNS name or IP address");
        }
        return names;
    }

    /// Issues to a TLS client for 397 days.
    public X509Certificate issueClient(String commonName, PublicKey key) {
        return issueClient(commonName, key, DEFAULT_CLIENT_VALIDITY);
    }

    /// Issues to a TLS client.
    public X509Certificate issueClient(String commonName, PublicKey key, Duration validity) {
        return issue(commonName(commonName), key, end(validity), new CertificateKind.Client());
    }

    /// Issues to a registration authority, which enrolls others: a local controller, a factory line.
    public X509Certificate issueRegistrationAuthority(String commonName, PublicKey key, Duration validity) {
        return issue(commonName(commonName), key, end(validity), new CertificateKind.RegistrationAuthority());
    }

    /// Issues the identity of a device for its life (IDevID, IEEE 802.1AR section 8): subject
    /// `O=manufacturer, serialNumber=...`, without end.
    public X509Certificate issueIdevid(String manufacturer, String serialNumber, PublicKey key) {
        X500Name subject = new X500NameBuilder()
                .addRDN(BCStyle.O, new DERUTF8String(manufacturer))
                .addRDN(BCStyle.SERIALNUMBER, new DERPrintableString(serialNumber, true))
                .build();
        return issue(subject, key, NEVER, new CertificateKind.Idevid());
    }

    /// Issues to the attestation key of a device's TPM: subject `O=manufacturer, CN=Attestation Key`, without end.
    ///
    /// @param serialNumber of the device, named in the subject too; null: the certificate names no device
    public X509Certificate issueAttestationKey(String manufacturer, @Nullable String serialNumber, PublicKey key) {
        X500NameBuilder subject = new X500NameBuilder()
                .addRDN(BCStyle.O, new DERUTF8String(manufacturer))
                .addRDN(BCStyle.CN, new DERUTF8String("Attestation Key"));
        if (serialNumber != null) {
            subject.addRDN(BCStyle.SERIALNUMBER, new DERPrintableString(serialNumber, true));
        }
        return issue(subject.build(), key, NEVER, new CertificateKind.AttestationKey());
    }

    private X509Certificate issue(X500Name subject, PublicKey publicKey, Instant notAfter, CertificateKind kind) {
        var key = SubjectPublicKeyInfo.getInstance(publicKey.getEncoded());
        Der tbs = new TbsFields(
                        SerialNumber.random(random),
                        certificate.scheme(),
                        certificate.subject(),
                        clock.instant().minus(BACKDATE).truncatedTo(ChronoUnit.SECONDS),
                        notAfter,
                        subject,
                        key,
                        kind.extensions(key, certificate.keyIdBytes()))
                .encode();
        try {
            return decode(
                    SignedStructure.assemble("TBSCertificate", tbs, certificate.scheme(), sign(tbs), certificate));
        } catch (WrongSignatureException e) {
            throw new IllegalStateException("the key of this CA, proven when it was opened, made a wrong signature", e);
        }
    }

    /// The end of a validity that begins now, not after that of this CA.
    private Instant end(Duration validity) {
        Instant end = clock.instant().plus(validity).truncatedTo(ChronoUnit.SECONDS);
        return end.isBefore(certificate.notAfter()) ? end : certificate.notAfter();
    }

    /// Signs bytes with the key of this CA, in its scheme.
    public byte[] sign(Der toBeSigned) {
        return sign(keys, certificate.scheme(), toBeSigned);
    }

    private static byte[] sign(KeyPair keys, SignatureScheme scheme, Der toBeSigned) {
        try {
            Signature signature = scheme.newSignature();
            signature.initSign(keys.getPrivate());
            signature.update(toBeSigned.bytes());
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("keys: can not sign; give a software key pair of one algorithm", e);
        }
    }

    /// A certificate that this CA issued, followed by the chain of the CA.
    public List<X509Certificate> chainOf(X509Certificate issued) {
        var chain = new ArrayList<X509Certificate>();
        chain.add(issued);
        chain.addAll(certificate.chain());
        return List.copyOf(chain);
    }

    /// This CA as [dev.evenroll.pki.issuance] sees it: without its private key.
    public IssuingCertificate issuingCertificate() {
        return certificate;
    }

    public X509Certificate certificate() {
        return certificate.certificate();
    }

    /// The certificate of this CA first, its root last.
    public List<X509Certificate> chain() {
        return certificate.chain();
    }

    public KeyPair keys() {
        return keys;
    }

    /// Writes key and chain into a PKCS#12 file, mode 0600.
    public void storePkcs12(Path file, char[] password) throws IOException {
        new Pkcs12(keys, chain()).store(file, password);
    }

    /// Reads what [#storePkcs12] wrote.
    public static CertificateAuthority loadPkcs12(Path file, char[] password, InstantSource clock) throws IOException {
        Pkcs12 content = Pkcs12.load(file, password);
        return of(content.keys(), content.chain(), clock);
    }

    private static X500Name commonName(String name) {
        return new X500NameBuilder().addRDN(BCStyle.CN, new DERUTF8String(name)).build();
    }

    private static X509Certificate decode(Der certificate) {
        try {
            return Certificates.decode(certificate);
        } catch (MalformedException e) {
            throw new IllegalStateException("a certificate made here can not be decoded", e);
        }
    }
}
