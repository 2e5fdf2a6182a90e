package dev.evenroll.pki.profile;

import java.util.List;

/// What the subject of a certificate consists of, in this order: DC, O, CN.
///
/// @param commonName what the CN is
/// @param organization whether O, the owner of the device, is there
/// @param domainComponents fixed DCs, for example `CPO`
public record SubjectShape(CommonName commonName, boolean organization, List<String> domainComponents) {
    public SubjectShape {
        domainComponents = List.copyOf(domainComponents);
    }

    /// Whether the common name is the one dNSName too.
    public boolean dnsName() {
        return commonName == CommonName.FQDN;
    }
}
