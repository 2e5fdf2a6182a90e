package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.Certificate;
import dev.evenroll.cli.administration.Inventory;
import dev.evenroll.cli.administration.RefusedException;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.pki.identity.CertificateId;
import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/// Names a certificate: by its id, or by its serial number alone, which is looked for among those of every issuing CA.
/// Serial numbers are taken as `openssl x509 -serial` prints them too: upper case, colons between.
final class CertificateArgument {

    private static final Pattern SERIAL_NUMBER = Pattern.compile("[0-9a-f]{1,40}");
    private static final int UNKNOWN = 404;

    @Parameters(
            arity = "0..1",
            paramLabel = "CERTIFICATE",
            description = "Certificate id, or serial number of a certificate of one of the stack's issuing CAs.")
    private @Nullable String text;

    /// Whether one was named.
    boolean isGiven() {
        return text != null;
    }

    /// The certificate that was meant.
    ///
    /// @param command to complain with when it is neither
    Certificate find(OperatorCommand command, Operator operator, Inventory inventory)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        if (!isGiven()) {
            throw command.usage("Missing required parameter: 'CERTIFICATE'");
        }
        var ids = ids(operator);
        if (ids.isEmpty()) {
            throw command.usage("CERTIFICATE is neither a certificate id nor a serial number");
        }
        for (var id : ids.subList(0, ids.size() - 1)) {
            try {
                return inventory.certificate(id.value());
            } catch (RefusedException refused) {
                if (refused.status() != UNKNOWN) {
                    throw refused;
                }
            }
        }
        return inventory.certificate(ids.getLast().value());
    }

    private List<CertificateId> ids(Operator operator) throws FailedCommandException, IOException {
        var normal = text == null ? "" : text.toLowerCase(Locale.ROOT).replace(":", "");
        if (SERIAL_NUMBER.matcher(normal).matches()) {
            var number = new BigInteger(normal, 16);
            return number.signum() == 0
                    ? List.of()
                    : operator.issuingCas().stream()
                            .map(issuing -> new CertificateId(keyId(issuing), CertificateId.hex(number)))
                            .toList();
        }
        try {
            return List.of(CertificateId.parse(normal));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private static String keyId(X509Certificate issuing) {
        var extension = ASN1OctetString.getInstance(issuing.getExtensionValue(Extension.subjectKeyIdentifier.getId()));
        var keyId = SubjectKeyIdentifier.getInstance(extension.getOctets()).getKeyIdentifier();
        return HexFormat.of().formatHex(keyId);
    }
}
