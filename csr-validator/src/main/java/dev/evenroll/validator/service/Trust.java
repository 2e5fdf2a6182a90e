package dev.evenroll.validator.service;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.path.AnchorDirectory;
import dev.evenroll.pki.path.AuthorityDirectory;
import dev.evenroll.pki.path.ManufacturerAnchor;
import dev.evenroll.pki.path.TrustAnchors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The trust anchors that the operator gave: read at the start, those in directories followed from then on.
///
/// @param manufacturers each under the name of a [ManufacturerAnchor]
/// @param authorities the issuing CAs: their own certificates are renewed, not those of their siblings under
///     the same root
/// @param registrationAuthorities anchors of registration authorities; empty when only those of the issuing CAs count
/// @param attestation anchors of the attestation keys of the manufacturers, each under the name of a
///     [ManufacturerAnchor]; empty when no key counts as attested
record Trust(
        AnchorDirectory manufacturers,
        AuthorityDirectory authorities,
        Optional<AnchorDirectory> registrationAuthorities,
        Optional<AnchorDirectory> attestation) {

    private static final String AUTHORITIES = "evenroll.ca.directory";
    private static final String MANUFACTURERS = "evenroll.trust.manufacturers";
    private static final String REGISTRATION_AUTHORITIES = "evenroll.trust.registration-authorities";

    private static final String ATTESTATION = "evenroll.trust.attestation";

    private static final TrustAnchors NOBODY = TrustAnchors.of(Map.of());

    /// Reads the files.
    ///
    /// @throws IllegalArgumentException when one can not be used, with the name of the property and the
    ///     reason
    static Trust load(ValidatorConfig.Trust configuration, Path authorities) {
        return new Trust(
                directory(MANUFACTURERS, "<manufacturer>.pem", configuration.manufacturers()),
                authorities(authorities),
                configuration
                        .registrationAuthorities()
                        .map(directory -> directory(REGISTRATION_AUTHORITIES, "<name>.pem", directory)),
                configuration.attestation().map(directory -> directory(ATTESTATION, "<manufacturer>.pem", directory)));
    }

    /// The issuing CAs in force.
    TrustAnchors issuingAnchors() {
        return authorities.current().anchors();
    }

    /// The anchors of registration authorities in force.
    TrustAnchors registrationAuthorityAnchors() {
        return registrationAuthorities.map(AnchorDirectory::current).orElse(NOBODY);
    }

    /// The anchors of attestation keys in force.
    TrustAnchors attestationAnchors() {
        return attestation.map(AnchorDirectory::current).orElse(NOBODY);
    }

    /// The manufacturers with an anchor in force, for all models or for one.
    Set<String> manufacturerNames() {
        return manufacturers.current().names().stream()
                .map(name -> ManufacturerAnchor.of(name).manufacturer())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// What may change while the service runs.
    List<Followed> followed() {
        var followed = new ArrayList<Followed>();
        followed.add(Followed.anchors(MANUFACTURERS, manufacturers));
        followed.add(Followed.authorities(AUTHORITIES, authorities));
        registrationAuthorities
                .map(directory -> Followed.anchors(REGISTRATION_AUTHORITIES, directory))
                .ifPresent(followed::add);
        attestation.map(directory -> Followed.anchors(ATTESTATION, directory)).ifPresent(followed::add);
        return List.copyOf(followed);
    }

    private static AnchorDirectory directory(String property, String files, Path directory) {
        try {
            return AnchorDirectory.open(directory);
        } catch (IOException | MalformedException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    property + ": the trust anchors in " + directory + " can not be read (" + e.getMessage()
                            + "); set it to a readable directory of " + files + ".",
                    e);
        }
    }

    private static AuthorityDirectory authorities(Path directory) {
        try {
            return AuthorityDirectory.open(directory);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(AUTHORITIES + ": " + e.getMessage() + ".", e);
        }
    }
}
