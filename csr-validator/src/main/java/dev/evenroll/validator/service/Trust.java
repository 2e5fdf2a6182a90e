package dev.evenroll.validator.service;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.path.TrustAnchors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The trust anchors that the operator gave, read at the start.
///
/// @param manufacturers each under the manufacturer's name
/// @param issuingCa the issuing CA alone: its own certificates are renewed, not those of its siblings under
///     the same root
record Trust(TrustAnchors manufacturers, TrustAnchors issuingCa) {

    /// Reads the files.
    ///
    /// @throws IllegalArgumentException when one can not be used, with the name of the property and the
    ///     reason
    static Trust load(Path manufacturers, Path caChain) {
        return new Trust(manufacturers(manufacturers), issuingCa(caChain));
    }

    private static TrustAnchors manufacturers(Path directory) {
        try {
            return TrustAnchors.load(directory);
        } catch (IOException | MalformedException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "evenroll.trust.manufacturers: the trust anchors in " + directory + " can not be read ("
                            + e.getMessage() + "); set it to a readable directory of <manufacturer>.pem.",
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
