package dev.evenroll.policy;

import java.util.List;

/// The keys of a file of policies, each in one place of it.
final class PolicyFormat {

    static final String VERSION = "version";
    static final String RENEWAL = "renewal";
    static final String POLICIES = "policies";

    static final String GRACE_AFTER_EXPIRY = "graceAfterExpiry";

    static final String NAME = "name";
    static final String MATCH = "match";
    static final String DECISION = "decision";
    static final String REASON = "reason";
    static final String QUOTA_PER_HOUR = "quotaPerHour";
    static final String ATTESTATION = "attestation";
    static final String APPROVAL_EXPIRES = "approvalExpires";
    static final String UNKNOWN_DEVICES = "unknownDevices";
    static final String REGISTER = "register";

    static final String MANUFACTURER = "manufacturer";
    static final String MODEL = "model";
    static final String SERIAL_NUMBER = "serialNumber";
    static final String ALLOW_LIST = "allowList";
    static final String ADDRESS = "address";
    static final String FROM = "from";
    static final String UNTIL = "until";

    static final String OWNER = "owner";
    static final String SITE = "site";
    static final String OCPP_IDENTITY = "ocppIdentity";
    static final String PROFILE = "profile";

    static final List<String> FILE_KEYS = List.of(VERSION, RENEWAL, POLICIES);
    static final List<String> RENEWAL_KEYS = List.of(GRACE_AFTER_EXPIRY);
    static final List<String> POLICY_KEYS = List.of(
            NAME, MATCH, DECISION, REASON, QUOTA_PER_HOUR, ATTESTATION, APPROVAL_EXPIRES, UNKNOWN_DEVICES, REGISTER);
    static final List<String> MATCH_KEYS =
            List.of(MANUFACTURER, MODEL, SERIAL_NUMBER, ALLOW_LIST, ADDRESS, FROM, UNTIL);
    static final List<String> REGISTER_KEYS = List.of(OWNER, SITE, MODEL, OCPP_IDENTITY, PROFILE);

    private PolicyFormat() {}
}
