package dev.evenroll.hsm.ceremony;

import dev.evenroll.hsm.authority.AuthorityKey;
import dev.evenroll.hsm.key.UnusableKeystoreException;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.ceremony.CaName;
import dev.evenroll.pki.ceremony.CaPreparation;
import dev.evenroll.pki.ceremony.CaRequest;
import dev.evenroll.pki.ceremony.CarriedChain;
import dev.evenroll.pki.identity.AuthorityName;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/// The steps of a ceremony that make issuing CAs: with a root that is here, or one that is elsewhere, whose chain
/// [InstallSteps] brings back.
public record IssuingSteps(Ceremony ceremony) {

    /// Makes the key of an issuing CA, and has a root that is here certify it.
    public Done create(CaPlan plan, AuthorityName root) throws CeremonyException, IOException {
        var directory = ceremony.directory();
        var name = plan.name().name();
        var existing = Ceremony.files(directory::chains).get(name);
        if (existing == null) {
            var rootCertificate = ceremony.root(root);
            var key = makeKey(plan);
            var prepared = CaPreparation.issuing(
                    ceremony.signer(root),
                    plan.name(),
                    key.publicKey(),
                    plan.validity(),
                    ceremony.random(),
                    ceremony.now());
            var certificate = ceremony.signed(prepared, ceremony.rootKey(root));
            var chain = List.of(certificate, rootCertificate.certificate());
            certified(key, chain);
            directory.writeChain(name, chain);
        }
        var chain = existing == null ? Ceremony.files(directory::chains).get(name) : existing;
        if (chain == null) {
            throw new CeremonyException("The chain of " + name + " was removed meanwhile; begin again.");
        }
        return recorded(CeremonyStep.ISSUING_CREATED, name, chain.getFirst(), existing != null);
    }

    private Ceremony.FoundKey makeKey(CaPlan plan) throws CeremonyException, IOException {
        var keys = ceremony.keys();
        for (var other : keys.values()) {
            if (!other.name().equals(plan.name().name()) && other.activeFrom().equals(plan.activeFrom())) {
                throw new CeremonyException("active-from: " + plan.activeFrom() + " is also that of " + other.name()
                        + "; give each CA a time of its own.");
            }
        }
        return ceremony.findOrMake(plan, keys, ceremony.directory()::writeKey);
    }

    private static void certified(Ceremony.FoundKey key, List<X509Certificate> chain)
            throws CeremonyException, IOException {
        try {
            key.key().certified(chain);
        } catch (UnusableKeystoreException e) {
            throw new CeremonyException(String.valueOf(e.getMessage()), e);
        }
    }

    /// Writes the step to the log.
    ///
    /// @param already whether the chain was there before
    Done recorded(CeremonyStep step, AuthorityName name, X509Certificate certificate, boolean already)
            throws CeremonyException, IOException {
        var key = ceremony.keys().get(name);
        var entry = ceremony.entry(
                        step,
                        name,
                        key == null ? "" : key.activeFrom().toString(),
                        key == null ? "elsewhere" : CaKey.words(key.place()))
                .with(certificate);
        var recorded = ceremony.write(entry);
        return new Done(
                recorded.entry(),
                ceremony.directory().path().resolve("chains").resolve(name + ".pem"),
                Optional.of(certificate),
                already && recorded.already());
    }

    /// Makes the key of an issuing CA, and a request to carry to a root that is elsewhere.
    public Done request(CaPlan plan) throws CeremonyException, IOException {
        var directory = ceremony.directory();
        var name = plan.name().name();
        var existing = Ceremony.files(() -> directory.request(name));
        CaRequest request = existing.isPresent() ? existing.get() : makeRequest(plan);
        var key = ceremony.keys().get(name);
        var entry = ceremony.entry(
                        CeremonyStep.REQUEST_WRITTEN,
                        name,
                        (key == null ? plan.activeFrom() : key.activeFrom()).toString(),
                        key == null ? plan.key() : CaKey.words(key.place()))
                .about(subject(request.name()), request.keyId());
        var recorded = ceremony.write(entry);
        return new Done(
                recorded.entry(),
                directory.path().resolve("requests").resolve(name + ".pem"),
                Optional.empty(),
                existing.isPresent() && recorded.already());
    }

    private CaRequest makeRequest(CaPlan plan) throws CeremonyException, IOException {
        var key = makeKey(plan);
        var signed = CaRequest.toBeSigned(plan.name(), key.publicKey());
        try {
            var request = CaRequest.assemble(signed, key.publicKey(), key.key().sign(key.publicKey(), signed));
            ceremony.directory().writeRequest(plan.name().name(), request);
            return request;
        } catch (UnusableKeystoreException | MalformedException e) {
            throw new CeremonyException(String.valueOf(e.getMessage()), e);
        }
    }

    private static String subject(CaName name) {
        try {
            return new X500Principal(name.subject().getEncoded()).getName();
        } catch (IOException e) {
            throw new IllegalStateException("a name in memory can not be encoded", e);
        }
    }

    /// What a root that is here says to a request from elsewhere.
    ///
    /// @param done the step
    /// @param chain to carry back: with every cross certificate that is here
    public record Signed(Done done, CarriedChain chain) {}

    /// Has a root that is here certify the key of a request. Asked again for the same key, it gives the same
    /// certificate.
    public Signed sign(CaRequest request, AuthorityName root, Duration validity) throws CeremonyException, IOException {
        if (!request.name().environment().equals(ceremony.environment())) {
            throw new CeremonyException("The request is of the environment "
                    + request.name().environment() + ", and the roots in "
                    + ceremony.directory().path() + " of " + ceremony.environment()
                    + "; carry it to the root of its own environment.");
        }
        var directory = ceremony.directory();
        var name =
                new AuthorityName(request.name().name() + "-" + request.keyId().substring(0, 8));
        var existing = Ceremony.files(directory::issued).get(name);
        var path = existing == null ? certify(request, root, validity, name) : existing;
        var entry = ceremony.entry(
                        CeremonyStep.REQUEST_SIGNED,
                        request.name().name(),
                        "",
                        "of the root: "
                                + CaKey.words(ceremony.rootKey(root).file().place()))
                .with(path.getFirst());
        var recorded = ceremony.write(entry);
        var cross = new ArrayList<>(Ceremony.files(directory::cross).values());
        return new Signed(
                new Done(
                        recorded.entry(),
                        directory.path().resolve("issued").resolve(name + ".pem"),
                        Optional.of(path.getFirst()),
                        existing != null && recorded.already()),
                new CarriedChain(path, cross));
    }

    private List<X509Certificate> certify(CaRequest request, AuthorityName root, Duration validity, AuthorityName name)
            throws CeremonyException, IOException {
        for (var other : Ceremony.files(ceremony.directory()::issued).values()) {
            var certified = other.getFirst();
            if (CaName.read(certified.getSubjectX500Principal()).equals(Optional.of(request.name()))) {
                throw new CeremonyException(
                        "A root here has certified " + request.name().name()
                                + " already, with another key (" + CaRequest.keyId(certified.getPublicKey())
                                + "). Two CAs of one name can not be told apart: make the new one with another --name.");
            }
        }
        var prepared = CaPreparation.issuing(
                ceremony.signer(root), request.name(), request.key(), validity, ceremony.random(), ceremony.now());
        var certificate = ceremony.signed(prepared, ceremony.rootKey(root));
        var path = List.of(certificate, ceremony.root(root).certificate());
        ceremony.directory().writeIssued(name, path);
        return path;
    }

    /// Whether the time can be set; nothing is written.
    ///
    /// @return the key of the CA
    /// @throws CeremonyException when it can not, with the reason
    public AuthorityKey requireActivatable(AuthorityName name, Instant activeFrom)
            throws CeremonyException, IOException {
        var keys = ceremony.keys();
        var key = keys.get(name);
        if (key == null) {
            throw new CeremonyException("There is no issuing CA " + name + "; there are " + keys.keySet() + ".");
        }
        for (var other : keys.values()) {
            if (!other.name().equals(name) && other.activeFrom().equals(activeFrom)) {
                throw new CeremonyException("active-from: " + activeFrom + " is also that of " + other.name()
                        + "; give each CA a time of its own.");
            }
        }
        return key;
    }

    /// Sets from when on a CA is the active one.
    public Done activate(AuthorityName name, Instant activeFrom) throws CeremonyException, IOException {
        var key = requireActivatable(name, activeFrom);
        if (!key.activeFrom().equals(activeFrom)) {
            ceremony.directory().writeKey(new AuthorityKey(name, activeFrom, key.place()));
        }
        var chain = Ceremony.files(ceremony.directory()::chains).get(name);
        var entry = ceremony.entry(CeremonyStep.ACTIVATION_SET, name, activeFrom.toString(), CaKey.words(key.place()));
        if (chain != null) {
            entry = entry.with(chain.getFirst());
        } else {
            var request = Ceremony.files(() -> ceremony.directory().request(name));
            entry = request.isPresent()
                    ? entry.about(subject(request.get().name()), request.get().keyId())
                    : entry;
        }
        var recorded = ceremony.write(entry);
        return new Done(
                recorded.entry(),
                ceremony.directory().path().resolve("keys").resolve(name + ".properties"),
                Optional.empty(),
                recorded.already());
    }
}
