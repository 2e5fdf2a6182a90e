package dev.evenroll.cli.administration;

import java.util.LinkedHashMap;
import java.util.Map;

/// What an operator says of a device.
///
/// @param manufacturer as named by the file of its trust anchor
/// @param model as the manufacturer writes it
/// @param ocppIdentity name in the OCPP connection URL
/// @param owner name of the charging station operator: the O of the certificate
/// @param site where the device stands
public record DeviceEntry(String manufacturer, String model, String ocppIdentity, String owner, String site) {

    public Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("manufacturer", manufacturer);
        fields.put("model", model);
        fields.put("ocppIdentity", ocppIdentity);
        fields.put("owner", owner);
        fields.put("site", site);
        return fields;
    }
}
