package dev.evenroll.pki.lint;

import java.util.List;

/// The signature algorithm is the one that the CA signs with (RFC 5280 sections 4.1.1.2 and 4.1.2.3).
final class SignatureAlgorithmRule implements TbsRule {
    @Override
    public String name() {
        return "signature-algorithm";
    }

    @Override
    public List<String> judge(Examination examined) {
        return examined.certificate()
                        .getSignature()
                        .equals(examined.issuer().scheme().algorithmIdentifier())
                ? List.of()
                : List.of("signature: is not the algorithm of the CA key, "
                        + examined.issuer().scheme().jcaName());
    }
}
