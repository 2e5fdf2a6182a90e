package dev.evenroll.revocation.administration;

import dev.evenroll.revocation.inventory.InventoryPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of the inventory as JSON.
///
/// @param next what to ask for with `after` to continue; null at the end
public record CertificatesJson(
        List<CertificateJson> certificates, @Nullable String next) {

    public CertificatesJson {
        certificates = List.copyOf(certificates);
    }

    static CertificatesJson of(InventoryPage page) {
        return new CertificatesJson(
                page.certificates().stream().map(CertificateJson::inList).toList(),
                page.next().orElse(null));
    }
}
