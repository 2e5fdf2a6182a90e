package dev.evenroll.hsm.ceremony;

import dev.evenroll.hsm.key.UnusableKeystoreException;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.ceremony.CaName;
import dev.evenroll.pki.ceremony.CaRequest;
import dev.evenroll.pki.ceremony.CarriedChain;
import dev.evenroll.pki.identity.AuthorityName;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/// The steps of a ceremony that bring home what a root elsewhere has certified.
public record InstallSteps(Ceremony ceremony) {

    /// The CA that a chain was made for: the one that waits with that key.
    public CaRequest waitingFor(CarriedChain chain) throws CeremonyException, IOException {
        var wanted = CaRequest.keyId(chain.issuing().getPublicKey());
        var waiting = new ArrayList<String>();
        for (var name : ceremony.keys().keySet()) {
            var request = Ceremony.files(() -> ceremony.directory().request(name));
            if (request.isPresent()) {
                if (request.get().keyId().equals(wanted)) {
                    return request.get();
                }
                waiting.add(name + " (key id " + request.get().keyId() + ")");
            }
        }
        throw new CeremonyException("No CA here waits for a certificate of the key " + wanted + "; there "
                + (waiting.isEmpty() ? "is no request" : "are the requests of " + String.join(", ", waiting))
                + ". Bring the chain that was made for one of them.");
    }

    /// Puts a chain that came back in its place.
    ///
    /// @param rootCompared whether a person has compared the fingerprint of a root that is new here
    public List<Done> install(CarriedChain chain, boolean rootCompared) throws CeremonyException, IOException {
        var directory = ceremony.directory();
        var request = waitingFor(chain);
        var name = request.name().name();
        var known = Ceremony.files(directory::knownRoots);
        var problems = chain.problems(request, ceremony.environment(), ceremony.now());
        if (!problems.isEmpty()) {
            throw Ceremony.refused("The chain is not installed", problems);
        }
        if (!chain.isEndorsed(known) && !rootCompared) {
            throw new CeremonyException("The root " + Certificates.subject(chain.root())
                    + " is new here, and no root that is known here has certified it. Compare its SHA-256 fingerprint "
                    + "with whoever made it, then give it as --root-fingerprint.");
        }
        var existing = Ceremony.files(directory::chains).get(name);
        if (existing != null && !existing.equals(chain.path())) {
            throw new CeremonyException(name + " has another certificate already (SHA-256 "
                    + Certificates.sha256(existing.getFirst()) + "); it is not replaced.");
        }
        var key = ceremony.keys().get(name);
        if (key == null) {
            throw new CeremonyException("The key file of " + name + " was removed meanwhile; restore it.");
        }
        var done = new ArrayList<Done>();
        // First what leads from root to root: whoever reads the chain finds it.
        for (var certificate : chain.verifiedCross(known)) {
            done.add(installCross(certificate));
        }
        if (existing == null) {
            try {
                ceremony.key(key.place()).certified(chain.path());
            } catch (UnusableKeystoreException e) {
                throw new CeremonyException(String.valueOf(e.getMessage()), e);
            }
            directory.writeChain(name, chain.path());
        }
        done.add(new IssuingSteps(ceremony)
                .recorded(CeremonyStep.CHAIN_INSTALLED, name, chain.issuing(), existing != null));
        return done;
    }

    private Done installCross(X509Certificate certificate) throws CeremonyException, IOException {
        var directory = ceremony.directory();
        var name = RootSteps.crossName(
                fileName(certificate.getSubjectX500Principal()), fileName(certificate.getIssuerX500Principal()));
        boolean already = certificate.equals(Ceremony.files(directory::cross).get(name));
        if (!already) {
            directory.writeCross(name, certificate);
        }
        var recorded = ceremony.write(ceremony.entry(CeremonyStep.CROSS_CERTIFIED, name, "", "elsewhere")
                .with(certificate));
        return new Done(
                recorded.entry(),
                directory.path().resolve("cross").resolve(name + ".pem"),
                Optional.of(certificate),
                already && recorded.already());
    }

    private static AuthorityName fileName(X500Principal name) {
        return CaName.read(name)
                .map(CaName::name)
                .orElseGet(() -> new AuthorityName(
                        "root-" + Der.of(name.getEncoded()).sha256Hex().substring(0, 8)));
    }
}
