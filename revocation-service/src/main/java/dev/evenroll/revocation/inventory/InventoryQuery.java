package dev.evenroll.revocation.inventory;

import dev.evenroll.revocation.life.CertificateLife;
import java.util.Locale;
import java.util.Optional;

/// Which certificates are asked for.
///
/// @param device of this device only
/// @param state in this state only
/// @param after certificate id that the page begins after; empty for the first page
/// @param limit most certificates on the page, 1 to [#MOST]
public record InventoryQuery(Optional<String> device, Optional<State> state, Optional<String> after, int limit) {

    public static final int MOST = 1_000;

    /// The states that can be asked for.
    public enum State {
        ISSUED,
        REVOKED;

        /// The state that a person wrote, in any case.
        public static Optional<State> named(String written) {
            for (var state : values()) {
                if (state.name().equals(written.toUpperCase(Locale.ROOT))) {
                    return Optional.of(state);
                }
            }
            return Optional.empty();
        }

        /// The state of a certificate.
        public static State of(CertificateLife life) {
            return switch (life) {
                case CertificateLife.Issued ignored -> ISSUED;
                case CertificateLife.Revoked ignored -> REVOKED;
            };
        }
    }

    public InventoryQuery {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit: " + limit + " is not between 1 and " + MOST);
        }
    }

    /// Whether the certificate is asked for, wherever the page begins.
    public boolean matches(CertificateLife life) {
        return device.map(life.certificate().deviceId()::equals).orElse(true)
                && state.map(State.of(life)::equals).orElse(true);
    }
}
