package dev.evenroll.issuer.authority;

import java.util.Optional;

/// The CAs of this issuer. New certificates are prepared for the active one; signed is with the key of whichever
/// CA the record names.
///
/// Any thread may ask; the answers may change from one question to the next.
public interface Authorities {

    /// The CA that is active now. Time alone decides, so that all replicas decide alike.
    ///
    /// @return empty while there is none
    Optional<Authority> active();

    /// The CA of a key id, active or not.
    Optional<Authority> ofKeyId(String keyId);

    /// Why no signature of a CA is waited for any more: it has made way for another, and its key is lost.
    ///
    /// @return empty for a CA whose signature is worth waiting for
    Optional<String> givenUp(Authority authority);

    /// Why a CA that is not the active one can not sign now: who can ask again later does not wait for it.
    ///
    /// @return empty for the active one, and for a CA that can
    Optional<String> outOfService(Authority authority);

    /// The names and key ids of all, for messages.
    String names();

    /// One CA, which is always the active one.
    static Authorities only(Authority authority) {
        return new Authorities() {
            @Override
            public Optional<Authority> active() {
                return Optional.of(authority);
            }

            @Override
            public Optional<Authority> ofKeyId(String keyId) {
                return active().filter(one -> one.keyId().equals(keyId));
            }

            @Override
            public Optional<String> givenUp(Authority ignored) {
                return Optional.empty();
            }

            @Override
            public Optional<String> outOfService(Authority ignored) {
                return Optional.empty();
            }

            @Override
            public String names() {
                return authority.toString();
            }
        };
    }
}
