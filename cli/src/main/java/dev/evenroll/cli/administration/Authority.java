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
/// @param revision number of applied changes: the entity tag, when the answer had one
public record Authority(
        String name, Kind kind, List<String> sites, List<String> manufacturers, boolean active, OptionalLong revision) {

    /// What kind of authority it is.
    public enum Kind {
        /// Stands at a site, for the devices behind it.
        LOCAL_CONTROLLER,
        /// Stands at a manufacturer's, for the devices that leave it.
        FACTORY_LINE;

        static Kind named(String text) throws FaultException {
            return Arrays.stream(values())
                    .filter(kind -> kind.name().equals(text.toUpperCase(Locale.ROOT)))
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
        return fields;
    }

    /// As the registry takes it.
    Map<String, Object> wire() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("kind", kind.name());
        fields.put("sites", sites);
        fields.put("manufacturers", manufacturers);
        fields.put("active", active);
        return fields;
    }
}
