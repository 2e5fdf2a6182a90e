package dev.evenroll.cli.administration;

import dev.evenroll.cli.retry.FaultException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/// A registration authority: who asks for certificates on behalf of devices, with a certificate of its own
/// (id-kp-cmcRA, RFC 6402).
///
/// @param name common name of its certificate
/// @param sites of which a local controller may enroll the devices
/// @param manufacturers of which a factory line may enroll the devices
/// @param active whether it may at present
/// @param certificateSha256 the certificates that it is bound to, lower-case hex
/// @param issuerSha256 the certificates of the CAs that it is bound to, lower-case hex
/// @param revision number of applied changes: the entity tag, when the answer had one
public record Authority(
        String name,
        Kind kind,
        List<String> sites,
        List<String> manufacturers,
        boolean active,
        List<String> certificateSha256,
        List<String> issuerSha256,
        OptionalLong revision) {

    /// What kind of authority it is.
    public enum Kind {
        /// Stands at a site, for the devices behind it.
        LOCAL_CONTROLLER,
        /// Stands at a manufacturer's, for the devices that leave it.
        FACTORY_LINE;

        static Kind named(String text) throws FaultException {
            return Arrays.stream(values())
                    .filter(kind ->
                            kind.name().equals(text.toUpperCase(Locale.ROOT).replace('-', '_')))
                    .findFirst()
                    .orElseThrow(() -> Fields.missing("kind"));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Authority {
        sites = List.copyOf(sites);
        manufacturers = List.copyOf(manufacturers);
        certificateSha256 = List.copyOf(certificateSha256);
        issuerSha256 = List.copyOf(issuerSha256);
    }

    /// Whether it is more than a name that a certificate has to have.
    public boolean isBound() {
        return !certificateSha256.isEmpty() || !issuerSha256.isEmpty();
    }

    static Authority read(Fields fields) throws FaultException {
        return read(fields, OptionalLong.empty());
    }

    static Authority read(Fields fields, OptionalLong revision) throws FaultException {
        return new Authority(
                fields.text("name"),
                Kind.named(fields.text("kind")),
                fields.texts("sites"),
                fields.texts("manufacturers"),
                fields.truth("active"),
                fields.texts("certificateSha256"),
                fields.texts("issuerSha256"),
                revision);
    }

    /// For people and their programs.
    public Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", name);
        fields.put("kind", kind.toString());
        fields.put("sites", sites);
        fields.put("manufacturers", manufacturers);
        fields.put("active", active);
        fields.put("certificateSha256", certificateSha256);
        fields.put("issuerSha256", issuerSha256);
        return fields;
    }

    /// As the registry takes it.
    Map<String, Object> wire() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("kind", kind.toString());
        fields.put("sites", sites);
        fields.put("manufacturers", manufacturers);
        fields.put("active", active);
        fields.put("certificateSha256", certificateSha256);
        fields.put("issuerSha256", issuerSha256);
        return fields;
    }
}
