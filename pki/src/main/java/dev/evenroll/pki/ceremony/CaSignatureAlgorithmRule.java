package dev.evenroll.pki.ceremony;

import java.util.List;

/// The certificate names the algorithm that its signer signs with (RFC 5280 section 4.1.2.3).
final class CaSignatureAlgorithmRule implements CaRule {

    @Override
    public String name() {
        return "signature-algorithm";
    }

    @Override
    public List<String> judge(CaExamination examined) {
        return examined.certificate()
                        .getSignature()
                        .equals(examined.signer().scheme().algorithmIdentifier())
                ? List.of()
                : List.of("signature: is not the algorithm of the signing key");
    }
}
