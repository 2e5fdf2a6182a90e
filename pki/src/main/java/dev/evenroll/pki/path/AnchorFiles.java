package dev.evenroll.pki.path;

import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a directory of trust anchors held at one moment, not yet understood.
///
/// @param contents by anchor name, `acme` or `acme/X1`
/// @param paths the file of each name, for messages
record AnchorFiles(SortedMap<String, Der> contents, Map<String, Path> paths) {
    private static final String SUFFIX = ".pem";

    /// What tells that a file was touched, without reading it.
    ///
    /// @param key the file's identity where the file system has one: another when it was replaced
    record Stamp(
            long sizeBytes, FileTime modified, @Nullable Object key) {}

    /// The stamps of the anchors of a directory, by anchor name.
    static SortedMap<String, Stamp> stamps(Path directory) throws IOException, MalformedException {
        var stamps = new TreeMap<String, Stamp>();
        for (var file : files(directory).entrySet()) {
            var attributes = Files.readAttributes(file.getValue(), BasicFileAttributes.class);
            stamps.put(
                    file.getKey(), new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey()));
        }
        return stamps;
    }

    static AnchorFiles read(Path directory) throws IOException, MalformedException {
        SortedMap<String, Path> paths = files(directory);
        var contents = new TreeMap<String, Der>();
        for (var file : paths.entrySet()) {
            contents.put(file.getKey(), Der.of(Files.readAllBytes(file.getValue())));
        }
        return new AnchorFiles(contents, paths);
    }

    private static SortedMap<String, Path> files(Path directory) throws IOException, MalformedException {
        var files = new TreeMap<String, Path>();
        for (Path entry : entries(directory)) {
            if (Files.isDirectory(entry)) {
                addModels(entry, files);
            } else {
                anchorName(entry, files);
            }
        }
        return files;
    }

    private static void addModels(Path directory, SortedMap<String, Path> files)
            throws IOException, MalformedException {
        var models = new TreeMap<String, Path>();
        for (Path entry : entries(directory)) {
            if (Files.isDirectory(entry)) {
                throw new MalformedException(
                        "trust anchor " + entry,
                        "is a directory in the directory of a manufacturer; put the anchors of a model into "
                                + "<manufacturer>/<model>.pem");
            }
            anchorName(entry, models);
        }
        models.forEach((model, file) -> files.put(new ManufacturerAnchor(name(directory), model).name(), file));
    }

    /// Hidden entries are left out: editors, copiers and Kubernetes volumes keep their own there.
    private static List<Path> entries(Path directory) throws IOException {
        var entries = new ArrayList<Path>();
        try (DirectoryStream<Path> stream =
                Files.newDirectoryStream(directory, entry -> !name(entry).startsWith("."))) {
            stream.forEach(entries::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }

    private static void anchorName(Path file, SortedMap<String, Path> files) {
        String name = name(file);
        if (name.endsWith(SUFFIX)) {
            files.put(name.substring(0, name.length() - SUFFIX.length()), file);
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    /// The SHA-256 digest of all names and contents.
    String digest() {
        var digest = BouncyCastle.sha256();
        contents.forEach((name, content) -> {
            for (byte[] part : List.of(name.getBytes(StandardCharsets.UTF_8), content.bytes())) {
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
                digest.update(part);
            }
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    TrustAnchors parse() throws MalformedException {
        var certificates = new TreeMap<String, List<X509Certificate>>();
        for (var file : contents.entrySet()) {
            certificates.put(file.getKey(), certificates(file.getKey(), file.getValue()));
        }
        return TrustAnchors.of(certificates);
    }

    private List<X509Certificate> certificates(String name, Der content) throws MalformedException {
        try {
            return Pem.decodeCertificates(new String(content.bytes(), StandardCharsets.ISO_8859_1));
        } catch (MalformedException e) {
            throw new MalformedException("trust anchor " + paths.get(name), String.valueOf(e.getMessage()), e);
        }
    }
}
