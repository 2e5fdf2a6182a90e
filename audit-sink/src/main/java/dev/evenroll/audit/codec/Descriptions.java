package dev.evenroll.audit.codec;

import dev.evenroll.schemas.event.DeviceDescription;
import java.util.Map;
import java.util.stream.Collectors;

/// What an operator said of a device, as attributes of an audit record.
final class Descriptions {

    static final String OWNER = "owner";
    static final String SITE = "site";

    private Descriptions() {}

    static void put(Map<String, String> attributes, DeviceDescription description) {
        attributes.put("manufacturer", description.getManufacturer());
        attributes.put("model", description.getModel());
        attributes.put("ocppIdentity", description.getOcppIdentity());
        attributes.put(OWNER, description.getOwner());
        attributes.put(SITE, description.getSite());
        attributes.put(
                "enrollmentModels",
                description.getEnrollmentModels().stream().map(Enum::name).collect(Collectors.joining(",")));
        if (description.getIdevidSha256() != null) {
            attributes.put("idevidSha256", description.getIdevidSha256());
        }
        if (description.getKeySha256() != null) {
            attributes.put("keySha256", description.getKeySha256());
        }
        attributes.put("profile", description.getProfile());
    }
}
