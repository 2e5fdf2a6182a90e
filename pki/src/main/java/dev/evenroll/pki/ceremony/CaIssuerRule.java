package dev.evenroll.pki.ceremony;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.asn1.StrictDer;
import java.util.List;

/// The issuer is the signer, to the byte (RFC 5280 section 4.1.2.4): paths are built by this name.
final class CaIssuerRule implements CaRule {

    @Override
    public String name() {
        return "issuer";
    }

    @Override
    public List<String> judge(CaExamination examined) {
        return Der.of(StrictDer.encode(examined.certificate().getIssuer()))
                        .equals(Der.of(StrictDer.encode(examined.signer().name())))
                ? List.of()
                : List.of("issuer: is not the name of the CA that signs");
    }
}
