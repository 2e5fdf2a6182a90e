package dev.evenroll.policy.profile;

import java.util.List;

/// The keys of a file of profiles, each in one place of it. [dev.evenroll.pki.profile.ProfileProblem] names the same
/// ones.
final class ProfileFormat {

    static final String VERSION = "version";
    static final String SHARDS = "shards";
    static final String PROFILES = "profiles";

    static final String NAME = "name";
    static final String EXPERIMENTAL = "experimental";
    static final String SUBJECT = "subject";
    static final String KEYS = "keys";
    static final String KEY_USAGES = "keyUsages";
    static final String EXTENDED_KEY_USAGES = "extendedKeyUsages";
    static final String VALIDITY = "validity";
    static final String BACKDATE = "backdate";
    static final String JITTER = "jitter";
    static final String CRL_DISTRIBUTION_POINT = "crlDistributionPoint";
    static final String CA_ISSUERS = "caIssuers";
    static final String OCSP = "ocsp";
    static final String POLICIES = "policies";
    static final String ASSIGNED_BY = "assignedBy";
    static final String RENEWAL = "renewal";
    static final String OCSP_NOCHECK = "ocspNocheck";

    static final String COMMON_NAME = "commonName";
    static final String ORGANIZATION = "organization";
    static final String DOMAIN_COMPONENTS = "domainComponents";

    static final String DUE_AFTER_PERCENT = "dueAfterPercent";
    static final String JITTER_PERCENT = "jitterPercent";
    static final String OVERDUE_AFTER_PERCENT = "overdueAfterPercent";
    static final String GRACE = "grace";
    static final String UNSEEN_AFTER = "unseenAfter";

    static final String ENVIRONMENT = "environment";
    static final String ASSURANCE = "assurance";

    static final List<String> FILE_KEYS = List.of(VERSION, SHARDS, PROFILES);
    static final List<String> PROFILE_KEYS = List.of(
            NAME,
            EXPERIMENTAL,
            SUBJECT,
            KEYS,
            KEY_USAGES,
            EXTENDED_KEY_USAGES,
            VALIDITY,
            BACKDATE,
            JITTER,
            CRL_DISTRIBUTION_POINT,
            CA_ISSUERS,
            OCSP,
            POLICIES,
            ASSIGNED_BY,
            RENEWAL,
            OCSP_NOCHECK);
    static final List<String> SUBJECT_KEYS = List.of(COMMON_NAME, ORGANIZATION, DOMAIN_COMPONENTS);
    static final List<String> RENEWAL_KEYS =
            List.of(DUE_AFTER_PERCENT, JITTER_PERCENT, OVERDUE_AFTER_PERCENT, GRACE, UNSEEN_AFTER);
    static final List<String> POLICIES_KEYS = List.of(ENVIRONMENT, ASSURANCE);
    static final List<String> ENVIRONMENT_KEYS = List.of("test", "staging", "production");
    static final List<String> ASSURANCE_KEYS = List.of("softwareKey", "attestedKey");

    private ProfileFormat() {}
}
