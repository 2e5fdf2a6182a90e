package dev.evenroll.pki.ocsp;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.asn1.StrictDer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/// A hash that clients name a CA with.
///
/// SHA-1 is what RFC 5019 section 2.1.1 tells them to use. It names and proves nothing: whoever found two names with
/// one hash would learn the status of a certificate, which is public.
@SuppressWarnings("ImmutableEnumChecker") // Der is immutable without saying so to Error Prone.
public enum HashAlgorithm {
    SHA1("SHA-1", OIWObjectIdentifiers.idSHA1),
    SHA256("SHA-256", NISTObjectIdentifiers.id_sha256);

    private final String jcaName;
    private final Der identifier;
    private final Der identifierWithoutParameters;

    HashAlgorithm(String jcaName, ASN1ObjectIdentifier oid) {
        this.jcaName = jcaName;
        this.identifier = Der.of(StrictDer.encode(new AlgorithmIdentifier(oid, DERNull.INSTANCE)));
        this.identifierWithoutParameters = Der.of(StrictDer.encode(new AlgorithmIdentifier(oid)));
    }

    /// The AlgorithmIdentifier that is written here: with NULL, as most clients do.
    Der identifier() {
        return identifier;
    }

    /// Whether an AlgorithmIdentifier means this hash: its parameters are NULL or left out (RFC 4055 section 2.1).
    boolean isNamed(Der algorithmIdentifier) {
        return algorithmIdentifier.equals(identifier) || algorithmIdentifier.equals(identifierWithoutParameters);
    }

    byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance(jcaName, "SUN").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(jcaName + " is missing from this JDK; run on a complete JDK 25", e);
        }
    }
}
