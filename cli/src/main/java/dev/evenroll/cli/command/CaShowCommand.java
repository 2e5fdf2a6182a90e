package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.hsm.authority.CeremonyDirectory;
import dev.evenroll.hsm.ceremony.CaOverview;
import dev.evenroll.hsm.ceremony.CeremonyEntry;
import dev.evenroll.hsm.ceremony.CeremonyException;
import dev.evenroll.hsm.ceremony.CeremonyLog;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.ceremony.CaName;
import dev.evenroll.pki.ceremony.CaRequest;
import dev.evenroll.pki.identity.AuthorityName;
import dev.evenroll.pki.issuance.SerialNumber;
import dev.evenroll.pki.issuance.SignatureScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `evenroll ca show`.
@Command(
        name = "show",
        description = "Shows one CA: everything, its cross certificates, and the steps that made it.",
        mixinStandardHelpOptions = true)
final class CaShowCommand extends CaDirectoryCommand {

    @Mixin
    private LocalCaDirectoryOption where = new LocalCaDirectoryOption();

    @Parameters(paramLabel = "NAME", converter = CaNameArgument.class, description = "Name of the CA.")
    private @Nullable AuthorityName name;

    @Option(
            names = "--pem",
            description = "Print the certificates only: the chain up to the root, then cross certificates.")
    private boolean pem;

    @Override
    Path directory() throws FailedCommandException {
        return where.directory();
    }

    @Override
    void run(CeremonyDirectory directory)
            throws CeremonyException, FailedCommandException, MalformedException, IOException {
        var all = CaOverview.of(directory, clock().instant());
        var found = all.stream()
                .filter(ca -> ca.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new FailedCommandException(
                        ExitCode.FAILED,
                        "There is no CA " + name + " in " + directory.path() + "; there are "
                                + all.stream().map(CaOverview::name).toList() + "."));
        var cross = cross(directory, found);
        if (pem) {
            print(found, cross);
            return;
        }
        var steps = CeremonyLog.read(directory.log()).entries().stream()
                .filter(entry -> entry.authority().equals(found.name().text())
                        || cross.keySet().stream()
                                .anyMatch(other -> other.text().equals(entry.authority())))
                .toList();
        if (format() == OutputFormat.JSON) {
            var fields = fields(found);
            fields.put(
                    "crossCertificates",
                    cross.values().stream().map(Pem::encode).toList());
            fields.put("steps", steps.stream().map(CeremonyEntry::members).toList());
            print(fields);
            return;
        }
        Facts.print(facts(found), out());
        cross.forEach((other, certificate) -> {
            out().println();
            out().println("cross certificate " + other);
            Facts.print(facts(certificate), out());
        });
        out().println();
        for (var step : steps) {
            out().println(step.at() + "  " + step.step() + " " + step.authority() + " by " + step.operator());
        }
    }

    private void print(CaOverview found, Map<AuthorityName, X509Certificate> cross) throws FailedCommandException {
        if (found.chain().isEmpty()) {
            throw new FailedCommandException(
                    ExitCode.FAILED, found.name() + " waits for its certificate; there is nothing to print.");
        }
        out().print(Pem.encode(found.chain()));
        cross.values().forEach(certificate -> out().print(Pem.encode(certificate)));
    }

    /// The cross certificates of a CA's root, in both directions.
    private static Map<AuthorityName, X509Certificate> cross(CeremonyDirectory directory, CaOverview ca)
            throws MalformedException, IOException {
        var cross = new LinkedHashMap<AuthorityName, X509Certificate>();
        if (!ca.chain().isEmpty()) {
            var root = ca.chain().getLast().getSubjectX500Principal();
            directory.cross().forEach((other, certificate) -> {
                if (certificate.getSubjectX500Principal().equals(root)
                        || certificate.getIssuerX500Principal().equals(root)) {
                    cross.put(other, certificate);
                }
            });
        }
        return cross;
    }

    private static Map<String, String> facts(CaOverview ca) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("name", ca.name().text());
        facts.put("kind", ca.kind() == CaName.Kind.ROOT ? "root" : "issuing CA");
        facts.put("state", ca.state().toString());
        ca.activeFrom().map(Instant::toString).ifPresent(from -> facts.put("active from", from));
        facts.put("key", ca.key());
        if (ca.chain().isEmpty()) {
            facts.put("subject", subject(ca));
            facts.put("key id", CaFacts.spoken(keyId(ca)));
        } else {
            facts.putAll(facts(ca.chain().getFirst()));
            facts.put("root", Certificates.subject(ca.chain().getLast()));
            facts.put(
                    "root SHA-256",
                    CaFacts.spoken(Certificates.sha256(ca.chain().getLast())));
        }
        return facts;
    }

    private static Map<String, String> facts(X509Certificate certificate) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("subject", Certificates.subject(certificate));
        facts.put("issuer", Certificates.issuer(certificate));
        facts.put("serial number", new SerialNumber(certificate.getSerialNumber()).hex());
        facts.put(
                "valid",
                certificate.getNotBefore().toInstant() + " to "
                        + certificate.getNotAfter().toInstant());
        facts.put("signs with", SignatureScheme.of(certificate.getPublicKey()).toString());
        facts.put(
                "path length",
                certificate.getBasicConstraints() == Integer.MAX_VALUE
                        ? "not limited"
                        : Integer.toString(certificate.getBasicConstraints()));
        facts.put("key id", CaFacts.spoken(CaRequest.keyId(certificate.getPublicKey())));
        facts.put("SHA-256", CaFacts.spoken(Certificates.sha256(certificate)));
        return facts;
    }

    /// What programs are told.
    static Map<String, Object> fields(CaOverview ca) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", ca.name().text());
        fields.put("kind", ca.kind() == CaName.Kind.ROOT ? "root" : "issuing");
        fields.put("state", ca.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        fields.put("activeFrom", ca.activeFrom().map(Instant::toString).orElse(""));
        fields.put("subject", subject(ca));
        fields.put("keyId", keyId(ca));
        fields.put("key", ca.key());
        ca.certificate().ifPresent(certificate -> {
            fields.put("serialNumber", new SerialNumber(certificate.getSerialNumber()).hex());
            fields.put("notBefore", certificate.getNotBefore().toInstant().toString());
            fields.put("notAfter", certificate.getNotAfter().toInstant().toString());
            fields.put("certificateSha256", Certificates.sha256(certificate));
            fields.put("root", Certificates.subject(ca.chain().getLast()));
        });
        List<String> chain = new ArrayList<>();
        ca.chain().forEach(certificate -> chain.add(Pem.encode(certificate)));
        fields.put("chain", chain);
        return fields;
    }

    static String subject(CaOverview ca) {
        return ca.certificate()
                .map(Certificates::subject)
                .or(() -> ca.request().map(request -> request.name().subject().toString()))
                .orElse("-");
    }

    static String keyId(CaOverview ca) {
        return ca.certificate()
                .map(certificate -> CaRequest.keyId(certificate.getPublicKey()))
                .or(() -> ca.request().map(CaRequest::keyId))
                .orElse("-");
    }

    /// The name of a root of ours; the subject of another.
    static String rootName(X509Certificate certificate) {
        return CaName.read(certificate.getSubjectX500Principal())
                .map(CaName::name)
                .map(AuthorityName::text)
                .orElseGet(() -> Certificates.subject(certificate));
    }
}
