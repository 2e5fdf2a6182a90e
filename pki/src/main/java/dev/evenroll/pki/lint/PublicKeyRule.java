package dev.evenroll.pki.lint;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.request.AcceptedKeys;
import dev.evenroll.pki.request.KeyRules;
import java.util.List;

/// The key passes the rules for keys, once more: whoever prepared the certificate may not have asked.
final class PublicKeyRule implements TbsRule {
    @Override
    public String name() {
        return "public-key";
    }

    @Override
    public List<String> judge(Examination examined) {
        Der key = Der.of(StrictDer.encode(examined.certificate().getSubjectPublicKeyInfo()));
        if (key.equals(Der.of(examined.issuer().publicKey().getEncoded()))) {
            return List.of("subjectPublicKeyInfo: is the key of the CA itself");
        }
        return KeyRules.judge(key, AcceptedKeys.of(examined.profile())).stream()
                .map(Failure::message)
                .toList();
    }
}
