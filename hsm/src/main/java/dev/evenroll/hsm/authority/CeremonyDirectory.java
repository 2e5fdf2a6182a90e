package dev.evenroll.hsm.authority;

import dev.evenroll.hsm.key.OwnerOnlyFile;
import dev.evenroll.hsm.key.UnusableKeystoreException;
import dev.evenroll.hsm.key.WholeFile;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.ceremony.CaRequest;
import dev.evenroll.pki.identity.AuthorityName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// A directory of CAs as a ceremony reads and writes it. Each file is whole or absent.
///
/// ```
/// chains/<name>.pem        an issuing CA, its root last                      read by the services
/// cross/<name>.pem         a certificate from one root to another            read by the services
/// keys/<name>.properties   where its key is (0600)                           read by the issuer
/// roots/<name>.pem         a root whose key is here
/// roots/<name>.properties  where its key is (0600)
/// requests/<name>.pem      what waits for a root that is elsewhere
/// issued/<name>-<key>.pem  what a root here has certified for elsewhere
/// ceremony.jsonl           every step
/// ```
public final class CeremonyDirectory {

    private static final String CHAINS = "chains";
    private static final String CROSS = "cross";
    private static final String ROOTS = "roots";
    private static final String REQUESTS = "requests";
    private static final String ISSUED = "issued";
    private static final String PEM = ".pem";

    private final Path directory;

    private CeremonyDirectory(Path directory) {
        this.directory = directory;
    }

    /// A directory that need not be there yet.
    public static CeremonyDirectory of(Path directory) {
        return new CeremonyDirectory(directory.toAbsolutePath().normalize());
    }

    public Path path() {
        return directory;
    }

    /// The record of every step.
    public Path log() {
        return directory.resolve("ceremony.jsonl");
    }

    /// Makes what is missing of it.
    public void make() throws IOException {
        WholeFile.makeDirectory(directory, false);
        for (var open : List.of(CHAINS, CROSS, REQUESTS, ISSUED)) {
            WholeFile.makeDirectory(directory.resolve(open), false);
        }
        for (var closed : List.of(AuthorityKeyReader.KEYS, ROOTS)) {
            WholeFile.makeDirectory(directory.resolve(closed), true);
        }
    }

    /// The right to change it, which one process has at a time.
    ///
    /// @throws IOException when another one has it
    public AutoCloseable lock() throws IOException {
        var channel = FileChannel.open(directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // This process has it already.
        }
        channel.close();
        throw new IOException("another ceremony is under way in " + directory + "; wait for its end");
    }

    /// Where the keys of the issuing CAs are.
    public SortedMap<AuthorityName, AuthorityKey> keys() throws UnusableAuthorityKeysException {
        return Files.isDirectory(directory.resolve(AuthorityKeyReader.KEYS))
                ? AuthorityKeyReader.read(directory)
                : new TreeMap<>();
    }

    /// Where the keys of the roots are that are not elsewhere; `active-from` is when each was made.
    public SortedMap<AuthorityName, AuthorityKey> rootKeys() throws UnusableAuthorityKeysException {
        var keys = new TreeMap<AuthorityName, AuthorityKey>();
        try {
            for (var file : files(ROOTS, AuthorityKeyReader.SUFFIX).entrySet()) {
                byte[] content = OwnerOnlyFile.read(file.getValue(), "key file of a root");
                keys.put(file.getKey(), new KeyProperties(directory, content).key(file.getKey()));
            }
            return keys;
        } catch (IOException | UnusableKeystoreException | IllegalArgumentException e) {
            throw new UnusableAuthorityKeysException(directory.resolve(ROOTS) + ": " + e.getMessage(), e);
        }
    }

    public void writeKey(AuthorityKey key) throws IOException {
        writeKey(AuthorityKeyReader.KEYS, key);
    }

    public void writeRootKey(AuthorityKey key) throws IOException {
        writeKey(ROOTS, key);
    }

    private void writeKey(String folder, AuthorityKey key) throws IOException {
        WholeFile.writeSecret(
                directory.resolve(folder).resolve(key.name() + AuthorityKeyReader.SUFFIX),
                KeyPropertiesText.of(directory, key).getBytes(StandardCharsets.UTF_8));
    }

    /// Where a new software key of an issuing CA goes.
    public KeyPlace softwareKey(AuthorityName name) {
        return softwareKey(AuthorityKeyReader.KEYS, name);
    }

    /// Where a new software key of a root goes.
    public KeyPlace softwareRootKey(AuthorityName name) {
        return softwareKey(ROOTS, name);
    }

    private KeyPlace softwareKey(String folder, AuthorityName name) {
        var place = directory.resolve(folder);
        return new KeyPlace.InFile(place.resolve(name + ".p12"), place.resolve(name + ".password"));
    }

    /// The chains of the issuing CAs, as they stand there.
    public SortedMap<AuthorityName, List<X509Certificate>> chains() throws IOException, MalformedException {
        return certificates(CHAINS);
    }

    /// The certificates of the roots whose keys are here.
    public SortedMap<AuthorityName, X509Certificate> roots() throws IOException, MalformedException {
        var roots = new TreeMap<AuthorityName, X509Certificate>();
        certificates(ROOTS).forEach((name, list) -> roots.put(name, list.getFirst()));
        return roots;
    }

    /// The cross certificates.
    public SortedMap<AuthorityName, X509Certificate> cross() throws IOException, MalformedException {
        var cross = new TreeMap<AuthorityName, X509Certificate>();
        certificates(CROSS).forEach((name, list) -> cross.put(name, list.getFirst()));
        return cross;
    }

    /// What a root here has certified for elsewhere.
    public SortedMap<AuthorityName, List<X509Certificate>> issued() throws IOException, MalformedException {
        return certificates(ISSUED);
    }

    /// Every root that is known here: those whose keys are here, and those at the ends of the chains.
    public Set<X509Certificate> knownRoots() throws IOException, MalformedException {
        var known = new LinkedHashSet<X509Certificate>(roots().values());
        chains().values().forEach(chain -> known.add(chain.getLast()));
        return known;
    }

    /// The request of a CA whose certificate may still be under way.
    public Optional<CaRequest> request(AuthorityName name) throws IOException, MalformedException {
        var file = request(REQUESTS, name);
        return Files.exists(file)
                ? Optional.of(CaRequest.decode(Pem.decodeCertificationRequest(Files.readString(file))))
                : Optional.empty();
    }

    private Path request(String folder, AuthorityName name) {
        return directory.resolve(folder).resolve(name + PEM);
    }

    /// Writes a request, and tells where.
    public Path writeRequest(AuthorityName name, CaRequest request) throws IOException {
        return write(REQUESTS, name, Pem.encodeCertificationRequest(request.der()));
    }

    /// Writes the chain of an issuing CA, and tells where.
    public Path writeChain(AuthorityName name, List<X509Certificate> chain) throws IOException {
        return write(CHAINS, name, Pem.encode(chain));
    }

    /// Writes the certificate of a root, and tells where.
    public Path writeRoot(AuthorityName name, X509Certificate root) throws IOException {
        return write(ROOTS, name, Pem.encode(root));
    }

    /// Writes a cross certificate, and tells where.
    public Path writeCross(AuthorityName name, X509Certificate certificate) throws IOException {
        return write(CROSS, name, Pem.encode(certificate));
    }

    /// Keeps what a root here has certified for elsewhere, and tells where.
    public Path writeIssued(AuthorityName name, List<X509Certificate> certificates) throws IOException {
        return write(ISSUED, name, Pem.encode(certificates));
    }

    private Path write(String folder, AuthorityName name, String pem) throws IOException {
        var file = directory.resolve(folder).resolve(name + PEM);
        WholeFile.writePublic(file, pem.getBytes(StandardCharsets.US_ASCII));
        return file;
    }

    private SortedMap<AuthorityName, List<X509Certificate>> certificates(String folder)
            throws IOException, MalformedException {
        var certificates = new TreeMap<AuthorityName, List<X509Certificate>>();
        for (var file : files(folder, PEM).entrySet()) {
            try {
                certificates.put(file.getKey(), Pem.decodeCertificates(Files.readString(file.getValue())));
            } catch (MalformedException e) {
                throw new MalformedException(String.valueOf(file.getValue()), String.valueOf(e.getMessage()), e);
            }
        }
        return certificates;
    }

    /// The files of a folder by name; hidden ones, and those with another ending, are passed over.
    private SortedMap<AuthorityName, Path> files(String folder, String suffix) throws IOException {
        var files = new TreeMap<AuthorityName, Path>();
        if (!Files.isDirectory(directory.resolve(folder))) {
            return files;
        }
        var paths = new ArrayList<Path>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory.resolve(folder), "*" + suffix)) {
            stream.forEach(paths::add);
        }
        for (Path path : paths) {
            var name = String.valueOf(path.getFileName());
            if (!name.startsWith(".")) {
                files.put(new AuthorityName(name.substring(0, name.length() - suffix.length())), path);
            }
        }
        return files;
    }
}
