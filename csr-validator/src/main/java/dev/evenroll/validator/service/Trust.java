package dev.evenroll.validator.service;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.path.AnchorDirectory;
import dev.evenroll.pki.path.ManufacturerAnchor;
import dev.evenroll.pki.path.TrustAnchors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
/// @param issuingCa the issuing CA alone: its own certificates are renewed, not those of its siblings under
///     the same root
/// @param registrationAuthorities anchors of registration authorities; empty when only those of the issuing CA count
/// @param attestation anchors of the attestation keys of the manufacturers, each under the name of a
///     [ManufacturerAnchor]; empty when no key counts as attested
record Trust(
        AnchorDirectory manufacturers,
        TrustAnchors issuingCa,
        Optional<AnchorDirectory> registrationAuthorities,
        Optional<AnchorDirectory> attestation) {

    private static final String MANUFACTURERS = "evenroll.trust.manufacturers";
    private static final String REGISTRATION_AUTHORITIES = "evenroll.trust.registration-authorities";

    private static final String ATTESTATION = "evenroll.trust.attestation";

    private static final TrustAnchors NOBODY = TrustAnchors.of(Map.of());

    /// Reads the files.
    ///
    /// @throws IllegalArgumentException when one can not be used, with the name of the property and the
    ///     reason
    static Trust load(ValidatorConfig.Trust configuration, Path caChain) {
        return new Trust(
                directory(MANUFACTURERS, "<manufacturer>.pem", configuration.manufacturers()),
                issuingCa(caChain),
                configuration
                        .registrationAuthorities()
                        .map(directory -> directory(REGISTRATION_AUTHORITIES, "<name>.pem", directory)),
                configuration.attestation().map(directory -> directory(ATTESTATION, "<manufacturer>.pem", directory)));
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

    private static TrustAnchors issuingCa(Path file) {
        try {
            var chain = Pem.decodeCertificates(Files.readString(file, StandardCharsets.ISO_8859_1));
            return TrustAnchors.of(Map.of("issuing-ca", List.of(chain.getFirst())));
        } catch (IOException | MalformedException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "evenroll.ca.chain: the CA certificates in " + file + " can not be read (" + e.getMessage()
                            + "); set it to a PEM file with the issuing CA's certificate first.",
                    e);
        }
    }
}
