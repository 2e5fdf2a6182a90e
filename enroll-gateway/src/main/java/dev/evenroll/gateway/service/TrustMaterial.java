package dev.evenroll.gateway.service;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.path.TrustAnchors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/// The certificates that the configuration names.
///
/// @param manufacturers anchors of the manufacturers
/// @param caChain the issuing CA first, its root last
record TrustMaterial(TrustAnchors manufacturers, List<X509Certificate> caChain) {

    TrustMaterial {
        caChain = List.copyOf(caChain);
    }

    /// Reads them.
    ///
    /// @throws IllegalArgumentException when they can not be used, with the property to set
    static TrustMaterial load(Path manufacturers, Path caChain) {
        return new TrustMaterial(anchors(manufacturers), chain(caChain));
    }

    private static TrustAnchors anchors(Path directory) {
        try {
            return TrustAnchors.load(directory);
        } catch (IOException | MalformedException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "evenroll.trust.manufacturers: " + directory + " can not be used (" + reason(e)
                            + "); name a directory with one <manufacturer>.pem for each manufacturer.",
                    e);
        }
    }

    private static List<X509Certificate> chain(Path file) {
        try {
            var chain = Pem.decodeCertificates(Files.readString(file, StandardCharsets.ISO_8859_1));
            if (chain.getFirst().getBasicConstraints() < 0) {
                throw new IllegalArgumentException("its first certificate is not that of a CA");
            }
            return chain;
        } catch (IOException | MalformedException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "evenroll.ca.chain: " + file + " can not be used (" + reason(e)
                            + "); name a PEM file with the issuing CA first and its root last.",
                    e);
        }
    }

    /// The message of a missing or forbidden file is its name alone; its type says what is wrong.
    private static String reason(Exception e) {
        return e instanceof FileSystemException ? e.toString() : String.valueOf(e.getMessage());
    }
}
