package dev.evenroll.cli.administration;

import dev.evenroll.cli.retry.FaultException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What an operator says of a device.
///
/// @param manufacturer as named by the file of its trust anchor
/// @param model as the manufacturer writes it
/// @param ocppIdentity name in the OCPP connection URL
/// @param owner name of the charging station operator: the O of the certificate
/// @param site where the device stands
/// @param enrollmentModels the ways in which it may get certificates, in the order of their declaration; none: it may
/// only renew the one that it has
/// @param idevidSha256 SHA-256 of the only manufacturer certificate it may come with, in hexadecimal digits
/// @param keySha256 SHA-256 of the SubjectPublicKeyInfo of the only key it may ask a first certificate for
/// @param profile name of the certificate profile that its next certificates are issued under
public record DeviceEntry(
        String manufacturer,
        String model,
        String ocppIdentity,
        String owner,
        String site,
        List<EnrollmentModel> enrollmentModels,
        Optional<String> idevidSha256,
        Optional<String> keySha256,
        String profile) {

    /// The profile of a device of which nothing is said.
    public static final String UNSAID_PROFILE = "charging-station";

    private static final String PROFILE = "profile";

    public DeviceEntry {
        enrollmentModels = List.copyOf(new TreeSet<>(enrollmentModels));
    }

    /// A device that enrolls in the factory, with any certificate of its manufacturer.
    public DeviceEntry(String manufacturer, String model, String ocppIdentity, String owner, String site) {
        this(
                manufacturer,
                model,
                ocppIdentity,
                owner,
                site,
                EnrollmentModel.UNSAID,
                Optional.empty(),
                Optional.empty(),
                UNSAID_PROFILE);
    }

    static DeviceEntry read(Fields fields) throws FaultException {
        return new DeviceEntry(
                fields.text("manufacturer"),
                fields.text("model"),
                fields.text("ocppIdentity"),
                fields.text("owner"),
                fields.text("site"),
                models(fields),
                fields.optionalText("idevidSha256"),
                fields.optionalText("keySha256"),
                fields.optionalText(PROFILE).orElse(UNSAID_PROFILE));
    }

    private static List<EnrollmentModel> models(Fields fields) {
        return fields.has("enrollmentModels")
                // A model that only a newer registry knows can not be shown by its meaning.
                ? fields.texts("enrollmentModels").stream()
                        .flatMap(name -> EnrollmentModel.named(name).stream())
                        .toList()
                : EnrollmentModel.UNSAID;
    }

    /// For people and their programs; what is absent is left out.
    public Map<String, Object> fields() {
        var fields = names();
        fields.put(
                "enrollmentModels",
                enrollmentModels.stream().map(EnrollmentModel::toString).toList());
        idevidSha256.ifPresent(digest -> fields.put("idevidSha256", digest));
        keySha256.ifPresent(digest -> fields.put("keySha256", digest));
        fields.put(PROFILE, profile);
        return fields;
    }

    /// As the registry takes it. What the registry supplies by itself is left out.
    public Map<String, Object> wire() {
        var fields = names();
        if (!enrollmentModels.equals(EnrollmentModel.UNSAID)) {
            fields.put(
                    "enrollmentModels",
                    enrollmentModels.stream().map(EnrollmentModel::toString).toList());
        }
        idevidSha256.ifPresent(digest -> fields.put("idevidSha256", digest));
        keySha256.ifPresent(digest -> fields.put("keySha256", digest));
        if (!profile.equals(UNSAID_PROFILE)) {
            fields.put(PROFILE, profile);
        }
        return fields;
    }

    private Map<String, Object> names() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("manufacturer", manufacturer);
        fields.put("model", model);
        fields.put("ocppIdentity", ocppIdentity);
        fields.put("owner", owner);
        fields.put("site", site);
        return fields;
    }
}
