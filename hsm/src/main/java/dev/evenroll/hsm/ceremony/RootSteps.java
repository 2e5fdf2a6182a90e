package dev.evenroll.hsm.ceremony;

import dev.evenroll.hsm.key.UnusableKeystoreException;
import dev.evenroll.pki.ceremony.CaPreparation;
import dev.evenroll.pki.ceremony.CaSigner;
import dev.evenroll.pki.identity.AuthorityName;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The steps of a ceremony that make roots, and lead from one to another.
public record RootSteps(Ceremony ceremony) {

    /// The root that signs: the newest one whose key is here.
    public Optional<AuthorityName> newest() throws CeremonyException, IOException {
        var here = ceremony.rootKeys().keySet();
        return Ceremony.files(ceremony.directory()::roots).entrySet().stream()
                .filter(root -> here.contains(root.getKey()))
                .max(Comparator.comparing((Map.Entry<AuthorityName, X509Certificate> root) ->
                        root.getValue().getNotBefore().toInstant()))
                .map(Map.Entry::getKey);
    }

    /// Makes the key of a root and the certificate that it signs itself.
    public Done create(CaPlan plan) throws CeremonyException, IOException {
        var directory = ceremony.directory();
        var name = plan.name().name();
        var existing = Ceremony.files(directory::roots).get(name);
        if (existing != null) {
            return done(plan, existing, true);
        }
        var key = ceremony.findOrMake(plan, ceremony.rootKeys(), directory::writeRootKey);
        var prepared =
                CaPreparation.root(plan.name(), key.publicKey(), plan.validity(), ceremony.random(), ceremony.now());
        var certificate = ceremony.signed(prepared, key);
        try {
            key.key().certified(List.of(certificate));
        } catch (UnusableKeystoreException e) {
            throw new CeremonyException(String.valueOf(e.getMessage()), e);
        }
        directory.writeRoot(name, certificate);
        return done(plan, certificate, false);
    }

    private Done done(CaPlan plan, X509Certificate certificate, boolean already) throws CeremonyException, IOException {
        var name = plan.name().name();
        var file = ceremony.rootKeys().get(name);
        var words = file == null ? "elsewhere" : CaKey.words(file.place());
        var recorded = ceremony.write(
                ceremony.entry(CeremonyStep.ROOT_CREATED, name, "", words).with(certificate));
        return new Done(
                recorded.entry(),
                ceremony.directory().path().resolve("roots").resolve(name + ".pem"),
                Optional.of(certificate),
                already && recorded.already());
    }

    /// Has one root certify another, so that whoever knows only the first one trusts the second one too.
    ///
    /// @param by its key must be here
    /// @param certified its certificate
    /// @param certifiedName of its files
    public Done crossCertify(AuthorityName by, AuthorityName certifiedName, X509Certificate certified)
            throws CeremonyException, IOException {
        var directory = ceremony.directory();
        var name = crossName(certifiedName, by);
        var existing = Ceremony.files(directory::cross).get(name);
        if (existing == null) {
            var key = ceremony.rootKey(by);
            var prepared = CaPreparation.cross(
                    CaSigner.of(ceremony.root(by)),
                    IssuingCertificate.of(List.of(certified)),
                    ceremony.random(),
                    ceremony.now());
            directory.writeCross(name, ceremony.signed(prepared, key));
        }
        var certificate = existing == null ? Ceremony.files(directory::cross).get(name) : existing;
        if (certificate == null) {
            throw new CeremonyException("The cross certificate " + name + " was removed meanwhile; begin again.");
        }
        var words = CaKey.words(ceremony.rootKey(by).file().place());
        var recorded = ceremony.write(
                ceremony.entry(CeremonyStep.CROSS_CERTIFIED, name, "", words).with(certificate));
        return new Done(
                recorded.entry(),
                directory.path().resolve("cross").resolve(name + ".pem"),
                Optional.of(certificate),
                existing != null && recorded.already());
    }

    /// `root-2-by-root-1`.
    public static AuthorityName crossName(AuthorityName certified, AuthorityName by) {
        return new AuthorityName(certified + "-by-" + by);
    }
}
