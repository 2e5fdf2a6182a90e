package dev.evenroll.pki.attestation;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.request.CertificationRequest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.BERTags;

/// The evidence that a certification request carries of its key: the value of the attribute id-aa-attestation.
///
/// ```
/// AttestationBundle    ::= SEQUENCE { attestations SEQUENCE SIZE (1..MAX) OF AttestationStatement,
///                                     certs        SEQUENCE SIZE (1..MAX) OF LimitedCertChoices OPTIONAL }
/// AttestationStatement ::= SEQUENCE { type OBJECT IDENTIFIER, stmt ANY DEFINED BY type }
/// LimitedCertChoices   ::= CHOICE { certificate Certificate, other [3] IMPLICIT OtherCertificateFormat }
/// ```
///
/// Source: draft-ietf-lamps-csr-attestation-28. Its versions up to 21 call the same attribute id-aa-evidence, the
/// bundle EvidenceBundle, and let a text follow `stmt` (`hint`), which is passed over here.
///
/// @param statements in their order, at most 8
/// @param certificates in their order, at most 8; those of other formats are passed over
record AttestationBundle(List<Statement> statements, List<X509Certificate> certificates) {
    static final String FIELD = "evidence";

    private static final int MAXIMUM_STATEMENTS = 8;
    private static final int MAXIMUM_CERTIFICATES = 8;
    private static final int OTHER_CERTIFICATE_FORMAT = 3;

    /// One piece of evidence.
    ///
    /// @param type the format, an object identifier in dotted decimals
    /// @param content DER of what the format says
    record Statement(String type, Der content) {}

    AttestationBundle {
        statements = List.copyOf(statements);
        certificates = List.copyOf(certificates);
    }

    /// Reads the evidence of a request; empty when it carries none.
    static Optional<AttestationBundle> of(CertificationRequest request) throws MalformedException {
        List<Der> values = request.attributeValues(CertificationRequest.ATTESTATION);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            throw new MalformedException(FIELD, "comes in " + values.size() + " bundles instead of one");
        }
        ASN1Sequence bundle = StrictDer.sequence(values.getFirst(), FIELD, CertificationRequest.MAXIMUM_BYTES);
        return Optional.of(StrictDer.structure(
                FIELD, "is not the AttestationBundle of draft-ietf-lamps-csr-attestation", () -> read(bundle)));
    }

    private static AttestationBundle read(ASN1Sequence bundle) throws MalformedException {
        if (bundle.size() < 1 || bundle.size() > 2) {
            throw new MalformedException(FIELD, "has " + bundle.size() + " parts instead of attestations and certs");
        }
        var statements = new ArrayList<Statement>();
        for (ASN1Encodable element : elements(bundle.getObjectAt(0), "attestations", MAXIMUM_STATEMENTS)) {
            statements.add(statement(ASN1Sequence.getInstance(element)));
        }
        var certificates = new ArrayList<X509Certificate>();
        if (bundle.size() == 2) {
            for (ASN1Encodable element : elements(bundle.getObjectAt(1), "certs", MAXIMUM_CERTIFICATES)) {
                if (!isOtherFormat(element)) {
                    certificates.add(certificate(element));
                }
            }
        }
        return new AttestationBundle(statements, certificates);
    }

    private static ASN1Sequence elements(ASN1Encodable list, String name, int maximum) throws MalformedException {
        ASN1Sequence elements = ASN1Sequence.getInstance(list);
        if (elements.size() < 1 || elements.size() > maximum) {
            throw new MalformedException(
                    FIELD, "has " + elements.size() + " elements in " + name + "; 1 to " + maximum + " are read");
        }
        return elements;
    }

    private static Statement statement(ASN1Sequence statement) throws MalformedException {
        boolean hinted = statement.size() == 3 && isText(statement.getObjectAt(2));
        if (statement.size() != 2 && !hinted) {
            throw new MalformedException(FIELD, "has a statement that is not type and stmt");
        }
        return new Statement(
                ASN1ObjectIdentifier.getInstance(statement.getObjectAt(0)).getId(),
                Der.of(StrictDer.encode(statement.getObjectAt(1))));
    }

    private static boolean isText(ASN1Encodable value) {
        return value instanceof ASN1UTF8String || value instanceof ASN1IA5String;
    }

    private static boolean isOtherFormat(ASN1Encodable element) {
        return element instanceof ASN1TaggedObject tagged
                && tagged.hasTag(BERTags.CONTEXT_SPECIFIC, OTHER_CERTIFICATE_FORMAT);
    }

    private static X509Certificate certificate(ASN1Encodable element) throws MalformedException {
        try {
            return Certificates.decode(Der.of(StrictDer.encode(element)));
        } catch (MalformedException e) {
            throw new MalformedException(FIELD, "holds something else than certificates in certs", e);
        }
    }
}
