package dev.evenroll.revocation.inventory;

import dev.evenroll.revocation.life.CertificateLife;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

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
        INSTALLED,
        SUPERSEDED,
        ON_HOLD,
        REVOKED,
        EXPIRED;

        /// The state that a person wrote, in any case.
        public static Optional<State> named(String written) {
            return Arrays.stream(values())
                    .filter(state -> state.text().equals(written.toLowerCase(Locale.ROOT)))
                    .findFirst();
        }

        /// The state of a certificate.
        public static State of(CertificateLife life) {
            return switch (life) {
                case CertificateLife.Issued _ -> ISSUED;
                case CertificateLife.Installed _ -> INSTALLED;
                case CertificateLife.Superseded _ -> SUPERSEDED;
                case CertificateLife.OnHold _ -> ON_HOLD;
                case CertificateLife.Revoked _ -> REVOKED;
                case CertificateLife.Expired _ -> EXPIRED;
            };
        }

        /// For people and programs: lower case, words joined by hyphens.
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// All of them, for messages.
        public static String texts() {
            return Arrays.stream(values()).map(State::text).collect(Collectors.joining(", "));
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
