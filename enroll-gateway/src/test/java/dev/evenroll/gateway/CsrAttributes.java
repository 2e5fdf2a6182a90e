package dev.evenroll.gateway;

import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import java.io.IOException;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;

/// CSRs that carry an attribute. Their signature does not fit, which the gateway does not judge.
public final class CsrAttributes {

    private CsrAttributes() {}

    /// In base64, with a text as the attribute's value.
    public static String csr(String deviceId, String type, String value) throws IOException {
        var plain =
                CertificationRequest.getInstance(CertificationRequests.create(Keys.generateP256(), deviceId, "Operator")
                        .bytes());
        var info = plain.getCertificationRequestInfo();
        var attribute = new Attribute(new ASN1ObjectIdentifier(type), new DERSet(new DERPrintableString(value)));
        var changed = new CertificationRequest(
                new CertificationRequestInfo(info.getSubject(), info.getSubjectPublicKeyInfo(), new DERSet(attribute)),
                plain.getSignatureAlgorithm(),
                plain.getSignature());
        return Base64.getEncoder().encodeToString(changed.getEncoded(ASN1Encoding.DER));
    }
}
