package dev.evenroll.audit.codec;

import dev.evenroll.audit.log.AuditFact;
import dev.evenroll.audit.log.Outcome;
import dev.evenroll.schemas.event.RegistrationAuthority;
import java.util.Map;

/// Those whose certificates speak for devices.
final class RegistrationAuthorityTranslations {

    private RegistrationAuthorityTranslations() {}

    static AuditFact changed(RegistrationAuthority event) {
        return new AuditFact(
                event.getRevision() == 1 ? "registration-authority.registered" : "registration-authority.changed",
                event.getName(),
                event.getActor(),
                Outcome.SUCCESS,
                event.getActor() + " says of " + kind(event) + " " + event.getName() + ": " + authority(event) + ".",
                Map.of(
                        "kind", event.getKind().name(),
                        "sites", String.join(",", event.getSites()),
                        "manufacturers", String.join(",", event.getManufacturers()),
                        "active", Boolean.toString(event.getActive()),
                        "certificateSha256", String.join(",", event.getCertificateSha256()),
                        "issuerSha256", String.join(",", event.getIssuerSha256()),
                        "revision", Long.toString(event.getRevision())));
    }

    private static String kind(RegistrationAuthority event) {
        return switch (event.getKind()) {
            case LOCAL_CONTROLLER -> "the local controller";
            case FACTORY_LINE -> "the factory line";
            case UNKNOWN -> "the registration authority";
        };
    }

    private static String authority(RegistrationAuthority event) {
        if (!event.getActive()) {
            return "it speaks for no device";
        }
        return switch (event.getKind()) {
            case LOCAL_CONTROLLER -> "it speaks for the devices of the sites " + String.join(", ", event.getSites());
            case FACTORY_LINE ->
                "it speaks for the devices of the manufacturers " + String.join(", ", event.getManufacturers());
            case UNKNOWN -> "what it speaks for only a newer version knows";
        };
    }
}
