package dev.evenroll.audit.codec;

import dev.evenroll.audit.log.AuditFact;
import dev.evenroll.audit.log.Outcome;
import dev.evenroll.schemas.event.AuthorityChanged;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The life of the CAs: who made which, and when.
final class AuthorityTranslations {

    private AuthorityTranslations() {}

    static AuditFact changed(AuthorityChanged event) {
        var attributes = new TreeMap<String, String>();
        attributes.put("step", step(event));
        attributes.put("id", event.getId());
        Map.of(
                        "previous", event.getPrevious(),
                        "subject", event.getSubject(),
                        "keyId", event.getKeyId(),
                        "serialNumber", event.getSerialNumber(),
                        "notBefore", event.getNotBefore(),
                        "notAfter", event.getNotAfter(),
                        "activeFrom", event.getActiveFrom(),
                        "key", event.getKey(),
                        "certificateSha256", event.getCertificateSha256())
                .forEach((name, value) -> {
                    if (!value.isEmpty()) {
                        attributes.put(name, value);
                    }
                });
        return new AuditFact(
                "authority." + step(event),
                event.getAuthority(),
                event.getOperator(),
                Outcome.SUCCESS,
                event.getOperator() + " " + sentence(event) + ".",
                attributes);
    }

    private static String step(AuthorityChanged event) {
        return event.getStep().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String sentence(AuthorityChanged event) {
        var authority = event.getAuthority();
        return switch (event.getStep()) {
            case ROOT_CREATED -> "made the root " + authority + ", " + event.getSubject();
            case ISSUING_CREATED -> "made the key of the CA " + authority + ", " + event.getSubject();
            case REQUEST_WRITTEN -> "wrote a request for the certificate of the CA " + authority;
            case REQUEST_SIGNED -> "signed the request of the CA " + authority + ", " + event.getSubject();
            case CHAIN_INSTALLED ->
                "installed the certificate of the CA " + authority + ", valid until " + event.getNotAfter();
            case CROSS_CERTIFIED -> "made the cross certificate " + authority + " for " + event.getSubject();
            case ACTIVATION_SET -> "set the CA " + authority + " to become active on " + event.getActiveFrom();
            case ACTIVATED ->
                "makes new certificates with the CA " + authority + ", key id " + event.getKeyId() + ", since "
                        + event.getActiveFrom();
            case UNKNOWN -> "did to the CA " + authority + " what only a newer version knows";
        };
    }
}
