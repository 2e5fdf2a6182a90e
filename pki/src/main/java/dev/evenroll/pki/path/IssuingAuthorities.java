package dev.evenroll.pki.path;

import dev.evenroll.pki.identity.AuthorityName;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The issuing CAs of an environment, at least one, each under its name and with its chain; immutable.
///
/// No two of them have the same key: a key id names one CA.
public final class IssuingAuthorities {
    private final NavigableMap<AuthorityName, IssuingCertificate> byName;
    private final List<X509Certificate> cross;
    private final TrustAnchors anchors;
    private final Map<String, AuthorityName> nameByKeyId = new HashMap<>();

    private IssuingAuthorities(Map<AuthorityName, IssuingCertificate> authorities, Collection<X509Certificate> cross) {
        this.byName = new TreeMap<>(authorities);
        this.cross = List.copyOf(cross);
        this.byName.forEach(this::addKeyId);
        this.anchors = TrustAnchors.of(byName.entrySet().stream()
                .collect(Collectors.toMap(
                        each -> each.getKey().text(),
                        each -> List.of(each.getValue().certificate()))));
    }

    private void addKeyId(AuthorityName name, IssuingCertificate certificate) {
        var other = nameByKeyId.putIfAbsent(certificate.keyId(), name);
        if (other != null) {
            throw new IllegalArgumentException("CA " + name + ": has the same key as " + other
                    + "; give each CA its own key, and keep one chain of each");
        }
    }

    /// CAs and what leads from one root to another.
    ///
    /// @param cross CA certificates that one root has made for another
    /// @throws IllegalArgumentException when there is no CA, or when two have the same key
    public static IssuingAuthorities of(
            Map<AuthorityName, IssuingCertificate> authorities, Collection<X509Certificate> cross) {
        if (authorities.isEmpty()) {
            throw new IllegalArgumentException("CAs: there is none; install the chain of an issuing CA");
        }
        return new IssuingAuthorities(authorities, cross);
    }

    /// Each CA under its name, sorted by that.
    public NavigableMap<AuthorityName, IssuingCertificate> byName() {
        return new TreeMap<>(byName);
    }

    /// The CA of a key id, as [IssuingCertificate#keyId] writes it.
    public Optional<IssuingCertificate> ofKeyId(String keyId) {
        return nameOf(keyId).map(byName::get);
    }

    /// The name of the CA of a key id.
    public Optional<AuthorityName> nameOf(String keyId) {
        return Optional.ofNullable(nameByKeyId.get(keyId));
    }

    /// The CAs, the newest certificate first.
    public List<IssuingCertificate> newestFirst() {
        return byName.values().stream()
                .sorted(Comparator.comparing(IssuingCertificate::notBefore).reversed())
                .toList();
    }

    /// Every certificate that leads from a device to a root, each once: the chains, that of the newest CA first, then
    /// the cross certificates.
    public List<X509Certificate> certificates() {
        var certificates = new LinkedHashSet<X509Certificate>();
        newestFirst().forEach(authority -> certificates.addAll(authority.chain()));
        certificates.addAll(cross);
        return List.copyOf(certificates);
    }

    /// The certificates that lead from one root to another.
    public List<X509Certificate> cross() {
        return cross;
    }

    /// The CAs themselves as anchors, each under its name: what one of them issued is trusted, not what a sibling under
    /// the same root did.
    public TrustAnchors anchors() {
        return anchors;
    }

    @Override
    public String toString() {
        var names = new ArrayList<String>();
        byName.forEach((name, authority) -> names.add(name + " " + authority.keyId()));
        return "IssuingAuthorities" + names;
    }
}
