package dev.evenroll.gateway.service;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.path.AnchorDirectory;
import dev.evenroll.pki.path.AuthorityDirectory;
import dev.evenroll.pki.path.TrustAnchors;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The certificates that the configuration names.
///
/// @param manufacturers anchors of the manufacturers
/// @param registrationAuthorities anchors of the registration authorities; empty when only our own CA makes them
/// @param authorities the CAs that issue to devices
record TrustMaterial(
        AnchorDirectory manufacturers,
        Optional<AnchorDirectory> registrationAuthorities,
        AuthorityDirectory authorities) {

    static final String MANUFACTURERS = "evenroll.trust.manufacturers";
    static final String AUTHORITIES = "evenroll.ca.directory";
    static final String REGISTRATION_AUTHORITIES = "evenroll.trust.registration-authorities";

    private static final TrustAnchors NOBODY = TrustAnchors.of(Map.of());

    /// Reads them.
    ///
    /// @throws IllegalArgumentException when they can not be used, with the property to set
    static TrustMaterial load(Path manufacturers, Optional<Path> registrationAuthorities, Path authorities) {
        return new TrustMaterial(
                anchors(MANUFACTURERS, manufacturers, "<manufacturer>.pem for each manufacturer"),
                registrationAuthorities.map(directory ->
                        anchors(REGISTRATION_AUTHORITIES, directory, "<name>.pem for each CA of such authorities")),
                authorities(authorities));
    }

    /// The anchors of the registration authorities as they are now.
    TrustAnchors registrationAuthoritiesNow() {
        return registrationAuthorities.map(AnchorDirectory::current).orElse(NOBODY);
    }

    /// The directories to be watched, each under its property.
    Map<String, AnchorDirectory> directories() {
        return registrationAuthorities
                .map(directory -> Map.of(MANUFACTURERS, manufacturers, REGISTRATION_AUTHORITIES, directory))
                .orElse(Map.of(MANUFACTURERS, manufacturers));
    }

    private static AnchorDirectory anchors(String property, Path directory, String files) {
        try {
            return AnchorDirectory.open(directory);
        } catch (IOException | MalformedException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    property + ": " + directory + " can not be used (" + reason(e) + "); name a directory with one "
                            + files + ".",
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

    /// The message of a missing or forbidden file is its name alone; its type says what is wrong.
    private static String reason(Exception e) {
        return e instanceof FileSystemException ? e.toString() : String.valueOf(e.getMessage());
    }
}
