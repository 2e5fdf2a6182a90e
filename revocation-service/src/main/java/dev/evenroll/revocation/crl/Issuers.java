package dev.evenroll.revocation.crl;

import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.path.AuthorityDirectory;
import java.util.List;
import java.util.Optional;

/// The CAs whose certificates are looked after. More may come while the service runs.
public interface Issuers {

    /// All of them now.
    List<IssuingCertificate> all();

    /// The CA of a key id.
    Optional<IssuingCertificate> ofKeyId(String keyId);

    /// Those of a directory.
    static Issuers in(AuthorityDirectory directory) {
        return new Issuers() {
            @Override
            public List<IssuingCertificate> all() {
                return directory.current().newestFirst();
            }

            @Override
            public Optional<IssuingCertificate> ofKeyId(String keyId) {
                return directory.ofKeyId(keyId);
            }
        };
    }

    /// These, and no others.
    static Issuers of(IssuingCertificate... issuers) {
        var all = List.of(issuers);
        return new Issuers() {
            @Override
            public List<IssuingCertificate> all() {
                return all;
            }

            @Override
            public Optional<IssuingCertificate> ofKeyId(String keyId) {
                return all.stream().filter(each -> each.keyId().equals(keyId)).findFirst();
            }
        };
    }
}
