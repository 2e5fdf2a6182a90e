package dev.evenroll.issuer.scene;

import dev.evenroll.hsm.key.IssuingKey;
import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.issuer.authority.Authorities;
import dev.evenroll.issuer.authority.Authority;
import dev.evenroll.pki.identity.AuthorityName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The CAs of an issuer in tests, under names of their own; the last one is active until another is.
public final class TestAuthorities implements Authorities {

    private final List<Authority> authorities = new ArrayList<>();
    private Optional<Authority> active = Optional.empty();
    private Optional<String> lost = Optional.empty();

    /// One CA, which is active.
    public static TestAuthorities of(TestCa ca) {
        return of(ca, ca.key());
    }

    public static TestAuthorities of(TestCa ca, IssuingKey key) {
        return new TestAuthorities().and(ca, key);
    }

    /// A further CA, which is active from now on.
    public TestAuthorities and(TestCa ca, IssuingKey key) {
        var name = new AuthorityName("issuing-" + (authorities.size() + 1));
        var authority = new Authority(name, key, ca.certificate());
        authorities.add(authority);
        active = Optional.of(authority);
        return this;
    }

    /// No CA is active from now on.
    public void retire() {
        active = Optional.empty();
    }

    /// Those that are not active have lost their keys.
    public void lose(String reason) {
        lost = Optional.of(reason);
    }

    @Override
    public Optional<Authority> active() {
        return active;
    }

    @Override
    public Optional<Authority> ofKeyId(String keyId) {
        return authorities.stream().filter(each -> each.keyId().equals(keyId)).findFirst();
    }

    @Override
    public Optional<String> givenUp(Authority authority) {
        return active.filter(authority::equals).isPresent() ? Optional.empty() : lost;
    }

    @Override
    public Optional<String> outOfService(Authority authority) {
        return givenUp(authority);
    }

    @Override
    public String names() {
        return authorities.toString();
    }
}
