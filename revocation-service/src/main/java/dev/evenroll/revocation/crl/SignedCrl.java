package dev.evenroll.revocation.crl;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.crl.PreparedCrl;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;

/// Takes a CertificateList apart and verifies that a CA signed it.
final class SignedCrl {

    private static final String FIELD = "crl";

    private SignedCrl() {}

    /// What the list says.
    ///
    /// @throws MalformedException when the bytes are no list, or the CA did not sign them
    static PreparedCrl verify(Der der, IssuingCertificate issuer) throws MalformedException {
        try {
            var in = new ByteArrayInputStream(der.bytes());
            var crl = (X509CRL) CertificateFactory.getInstance("X.509", "SUN").generateCRL(in);
            if (in.available() > 0) {
                throw new MalformedException(FIELD, in.available() + " bytes follow the end of the list");
            }
            var tbs = Der.of(crl.getTBSCertList());
            if (!crl.getSigAlgOID()
                            .equals(issuer.scheme()
                                    .algorithmIdentifier()
                                    .getAlgorithm()
                                    .getId())
                    || !issuer.verifies(tbs, crl.getSignature())) {
                throw new MalformedException(
                        FIELD, "the signature is not that of the CA with key id " + issuer.keyId());
            }
            return PreparedCrl.read(tbs);
        } catch (CRLException e) {
            throw new MalformedException(FIELD, "is not an X.509 revocation list in DER", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("X.509 is missing from this JDK; run on a complete JDK 25", e);
        }
    }
}
