package dev.evenroll.hsm.ceremony;

import dev.evenroll.hsm.authority.AuthorityKey;
import dev.evenroll.hsm.authority.CeremonyDirectory;
import dev.evenroll.hsm.authority.KeyPlace;
import dev.evenroll.hsm.authority.UnusableAuthorityKeysException;
import dev.evenroll.hsm.key.UnusableKeystoreException;
import dev.evenroll.hsm.pkcs11.PinPrompt;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.ceremony.CaPreparation;
import dev.evenroll.pki.ceremony.CaSigner;
import dev.evenroll.pki.identity.AuthorityName;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// A ceremony in one directory, whose lock it has: what its steps have in common.
///
/// A step writes a file first and its line of the record then. Whenever it is interrupted, the same step done again
/// finds what is there and does the rest: a key is looked for where its file says before one is made, a certificate
/// that is there is not made a second time, a line that is there is not added again.
///
/// Used by one thread.
public final class Ceremony implements AutoCloseable {

    private final CeremonyDirectory directory;
    private final CeremonyLog log;
    private final Environment environment;
    private final String operator;
    private final PinPrompt prompt;
    private final InstantSource clock;
    private final AutoCloseable lock;
    private final SecureRandom random = new SecureRandom();

    private Ceremony(
            CeremonyDirectory directory,
            CeremonyLog log,
            Environment environment,
            String operator,
            PinPrompt prompt,
            InstantSource clock,
            AutoCloseable lock) {
        this.directory = directory;
        this.log = log;
        this.environment = environment;
        this.operator = operator;
        this.prompt = prompt;
        this.clock = clock;
        this.lock = lock;
    }

    /// Begins in a new directory, or in one of that environment.
    ///
    /// @param operator who does it, for the record
    /// @param prompt asks for PINs that stand in no file
    public static Ceremony begin(
            CeremonyDirectory directory,
            Environment environment,
            String operator,
            PinPrompt prompt,
            InstantSource clock)
            throws CeremonyException, IOException {
        directory.make();
        var lock = directory.lock();
        try {
            var log = CeremonyLog.read(directory.log());
            if (!log.entries().isEmpty()
                    && !log.entries().getLast().environment().equals(environment.name())) {
                throw new CeremonyException("The directory " + directory.path() + " is of the environment "
                        + log.entries().getLast().environment() + "; make the CAs of " + environment
                        + " in a directory of their own.");
            }
            return new Ceremony(directory, log, environment, operator, prompt, clock, lock);
        } catch (CeremonyException | IOException e) {
            close(lock);
            throw e;
        }
    }

    /// Goes on in a directory where a ceremony has begun.
    public static Ceremony goOn(CeremonyDirectory directory, String operator, PinPrompt prompt, InstantSource clock)
            throws CeremonyException, IOException {
        var entries = CeremonyLog.read(directory.log()).entries();
        if (entries.isEmpty()) {
            throw new CeremonyException(
                    !Files.isDirectory(directory.path().resolve("chains"))
                            ? "There are no CAs in " + directory.path()
                                    + "; make them with `evenroll ca init`, or correct --directory."
                            : "The CAs in " + directory.path() + " were not made by a ceremony: there is no record of"
                                    + " one, as in a local stack that an earlier version has made. Make CAs in a"
                                    + " directory of their own with `evenroll ca init`, and put their files there; or"
                                    + " start a new local stack.");
        }
        return begin(directory, new Environment(entries.getLast().environment()), operator, prompt, clock);
    }

    public CeremonyDirectory directory() {
        return directory;
    }

    public CeremonyLog log() {
        return log;
    }

    public Environment environment() {
        return environment;
    }

    /// Now, in whole seconds.
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    SecureRandom random() {
        return random;
    }

    CaKey key(KeyPlace place) throws UnusableKeystoreException {
        return CaKey.at(place, prompt, clock);
    }

    /// A key that is there, and its public half.
    record FoundKey(CaKey key, PublicKey publicKey, AuthorityKey file) {
        String words() {
            return CaKey.words(file.place());
        }
    }

    /// Writes where a key is.
    interface KeyFile {
        void write(AuthorityKey key) throws IOException;
    }

    /// Finds the key that a file says is there, or makes it. The file is written before the key is made, so that a key
    /// is never without a file that leads to it.
    FoundKey findOrMake(CaPlan plan, SortedMap<AuthorityName, AuthorityKey> files, KeyFile writer)
            throws CeremonyException, IOException {
        try {
            var name = plan.name().name();
            var file = files.get(name);
            if (file == null) {
                file = new AuthorityKey(name, plan.activeFrom(), plan.place());
                if (key(plan.place()).find().isPresent()) {
                    throw new CeremonyException("There is a " + plan.key() + " already, and " + name
                            + " has not made it; give another --key-label or another --name.");
                }
                writer.write(file);
            }
            var key = key(file.place());
            var found = key.find();
            return new FoundKey(key, found.isPresent() ? found.get() : key.make(plan.type()), file);
        } catch (UnusableKeystoreException e) {
            throw new CeremonyException(String.valueOf(e.getMessage()), e);
        }
    }

    /// The key of a root that is not elsewhere.
    FoundKey rootKey(AuthorityName root) throws CeremonyException, IOException {
        var file = rootKeys().get(root);
        if (file == null) {
            throw new CeremonyException("The key of the root " + root
                    + " is not here; carry the request to where it is: " + "evenroll ca sign.");
        }
        try {
            var key = key(file.place());
            return new FoundKey(
                    key,
                    key.find()
                            .orElseThrow(
                                    () -> new CeremonyException("The " + CaKey.words(file.place()) + " of the root "
                                            + root + " is not there; connect its token, or restore the key.")),
                    file);
        } catch (UnusableKeystoreException e) {
            throw new CeremonyException(String.valueOf(e.getMessage()), e);
        }
    }

    /// Lints, signs and assembles.
    X509Certificate signed(CaPreparation prepared, FoundKey signer) throws CeremonyException {
        var problems = prepared.problems();
        if (!problems.isEmpty()) {
            throw refused("Nothing was signed", problems);
        }
        try {
            return prepared.assemble(signer.key().sign(signer.publicKey(), prepared.tbs()));
        } catch (UnusableKeystoreException | IllegalArgumentException e) {
            throw new CeremonyException(String.valueOf(e.getMessage()), e);
        }
    }

    static CeremonyException refused(String what, List<Failure> problems) {
        return new CeremonyException(what + ":\n"
                + problems.stream()
                        .map(problem -> "  " + problem.rule() + ": " + problem.message())
                        .collect(Collectors.joining("\n")));
    }

    /// Adds a line to the record, unless it is there.
    ///
    /// @return the line, and whether it was there
    Recorded write(CeremonyEntry entry) throws IOException {
        boolean already = log.has(entry);
        if (!already) {
            log.add(entry);
        }
        return new Recorded(entry, already);
    }

    /// A line of the record.
    record Recorded(CeremonyEntry entry, boolean already) {}

    /// A line about a CA that says nothing of a certificate yet.
    ///
    /// @param activeFrom ISO-8601, or empty
    /// @param key where the key is, in words
    CeremonyEntry entry(CeremonyStep step, AuthorityName authority, String activeFrom, String key) {
        return new CeremonyEntry(
                "",
                now().toString(),
                step,
                environment.name(),
                operator,
                authority.text(),
                "",
                "",
                "",
                "",
                "",
                activeFrom,
                key,
                "");
    }

    /// Where the keys of the issuing CAs are.
    public SortedMap<AuthorityName, AuthorityKey> keys() throws CeremonyException {
        try {
            return directory.keys();
        } catch (UnusableAuthorityKeysException e) {
            throw new CeremonyException(String.valueOf(e.getMessage()), e);
        }
    }

    /// Where the keys of the roots are that are not elsewhere.
    public SortedMap<AuthorityName, AuthorityKey> rootKeys() throws CeremonyException {
        try {
            return directory.rootKeys();
        } catch (UnusableAuthorityKeysException e) {
            throw new CeremonyException(String.valueOf(e.getMessage()), e);
        }
    }

    /// A root whose certificate is here.
    CaSigner signer(AuthorityName root) throws CeremonyException, IOException {
        return CaSigner.of(root(root));
    }

    IssuingCertificate root(AuthorityName root) throws CeremonyException, IOException {
        var certificate = files(directory::roots).get(root);
        if (certificate == null) {
            throw new CeremonyException("There is no root " + root + " in " + directory.path() + "; it has "
                    + files(directory::roots).keySet() + ".");
        }
        return IssuingCertificate.of(List.of(certificate));
    }

    /// Reads files of the directory.
    interface Reading<T> {
        T read() throws IOException, MalformedException;
    }

    /// What files of the directory say.
    static <T> T files(Reading<T> reading) throws CeremonyException, IOException {
        try {
            return reading.read();
        } catch (MalformedException | IllegalArgumentException e) {
            throw new CeremonyException(
                    "A file of the directory can not be used: " + e.getMessage() + "; restore it from a backup.", e);
        }
    }

    @Override
    public void close() throws IOException {
        close(lock);
    }

    private static void close(AutoCloseable lock) throws IOException {
        try {
            lock.close();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("closing a channel throws nothing else", e);
        }
    }
}
