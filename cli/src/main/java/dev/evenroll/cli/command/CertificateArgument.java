package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.pki.identity.CertificateId;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/// Names a certificate: by its id, or by its serial number alone when the present issuing CA signed it. Serial numbers
/// are taken as `openssl x509 -serial` prints them too: upper case, colons between.
final class CertificateArgument {

    private static final Pattern SERIAL_NUMBER = Pattern.compile("[0-9a-f]{1,40}");

    @Parameters(
            paramLabel = "CERTIFICATE",
            description = "Certificate id, or serial number of a certificate of the present issuing CA.")
    private @Nullable String text;

    /// What was meant; empty when it is neither.
    Optional<CertificateId> id(Operator operator) throws FailedCommandException {
        if (text == null) {
            return Optional.empty();
        }
        var normal = text.toLowerCase(Locale.ROOT).replace(":", "");
        if (SERIAL_NUMBER.matcher(normal).matches()) {
            var number = new BigInteger(normal, 16);
            return number.signum() == 0
                    ? Optional.empty()
                    : Optional.of(new CertificateId(issuerKeyId(operator), CertificateId.hex(number)));
        }
        try {
            return Optional.of(CertificateId.parse(normal));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String issuerKeyId(Operator operator) throws FailedCommandException {
        var issuing = operator.caChain().getFirst();
        var extension = ASN1OctetString.getInstance(issuing.getExtensionValue(Extension.subjectKeyIdentifier.getId()));
        var keyId = SubjectKeyIdentifier.getInstance(extension.getOctets()).getKeyIdentifier();
        return HexFormat.of().formatHex(keyId);
    }
}
