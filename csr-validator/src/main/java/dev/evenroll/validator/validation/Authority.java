package dev.evenroll.validator.validation;

import dev.evenroll.validator.registry.Registration;
import java.util.Set;

/// A registration authority: somebody whose certificate (id-kp-cmcRA, RFC 6402 section 2.10) speaks for devices.
///
/// @param name CN of its certificates
/// @param kind what it is
/// @param sites sites whose devices a local controller speaks for
/// @param manufacturers manufacturers whose devices a factory line speaks for
/// @param active whether it may speak at all now
/// @param binding which certificates with this CN are its own
public record Authority(
        String name,
        AuthorityKind kind,
        Set<String> sites,
        Set<String> manufacturers,
        boolean active,
        AuthorityBinding binding) {

    public Authority {
        sites = Set.copyOf(sites);
        manufacturers = Set.copyOf(manufacturers);
    }

    /// Whether a device that is registered like this is one of those that it speaks for.
    public boolean covers(Registration registration) {
        return switch (kind) {
            case LOCAL_CONTROLLER -> sites.contains(registration.site());
            case FACTORY_LINE -> manufacturers.contains(registration.manufacturer());
        };
    }
}
