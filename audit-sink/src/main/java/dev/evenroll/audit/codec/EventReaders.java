package dev.evenroll.audit.codec;

import dev.evenroll.schemas.event.AuthorityChanged;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.CertificatePrepared;
import dev.evenroll.schemas.event.CertificateRevoked;
import dev.evenroll.schemas.event.CertificateStatus;
import dev.evenroll.schemas.event.CrlPrepared;
import dev.evenroll.schemas.event.CrlSigned;
import dev.evenroll.schemas.event.DeadLetter;
import dev.evenroll.schemas.event.DeletionDue;
import dev.evenroll.schemas.event.DeviceCommanded;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.EnrollmentPending;
import dev.evenroll.schemas.event.EnrollmentRefused;
import dev.evenroll.schemas.event.EnrollmentRequested;
import dev.evenroll.schemas.event.InstallationOverdue;
import dev.evenroll.schemas.event.IssuanceRefused;
import dev.evenroll.schemas.event.JobProgressed;
import dev.evenroll.schemas.event.KeyBlocked;
import dev.evenroll.schemas.event.KeyCommanded;
import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.schemas.event.RegisteredJob;
import dev.evenroll.schemas.event.RegistrationAuthority;
import dev.evenroll.schemas.event.RenewalDue;
import dev.evenroll.schemas.event.RenewalOverdue;
import dev.evenroll.schemas.event.ResponderIssued;
import dev.evenroll.schemas.event.ResponderRequested;
import dev.evenroll.schemas.event.RevocationRequested;
import dev.evenroll.schemas.event.SecurityObserved;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Every topic that the audit log is made from, with its translation. A test fails when the table of topics
/// lets audit-sink read one that is not here.
public final class EventReaders {

    private EventReaders() {}

    public static List<EventReader<?>> all() {
        Stream<EventReader<?>> events = Stream.of(
                EventReader.of(Topics.DEVICE_COMMANDED, DeviceCommanded.class, CommandTranslations::device),
                EventReader.of(Topics.DEVICE_REGISTRY, RegisteredDevice.class, DeviceTranslations::registered),
                EventReader.of(Topics.KEY_COMMANDED, KeyCommanded.class, CommandTranslations::key),
                EventReader.of(Topics.KEY_BLOCKED, KeyBlocked.class, CommandTranslations::keyBlocked),
                EventReader.of(
                        Topics.REGISTRATION_AUTHORITY_REGISTRY,
                        RegistrationAuthority.class,
                        RegistrationAuthorityTranslations::changed),
                EventReader.of(
                        Topics.ENROLLMENT_REQUESTED, EnrollmentRequested.class, EnrollmentTranslations::requested),
                EventReader.of(
                        Topics.ENROLLMENT_AUTHORIZED, EnrollmentAuthorized.class, EnrollmentTranslations::authorized),
                EventReader.of(Topics.ENROLLMENT_REFUSED, EnrollmentRefused.class, EnrollmentTranslations::refused),
                EventReader.of(Topics.ENROLLMENT_PENDING, EnrollmentPending.class, EnrollmentTranslations::pending),
                EventReader.of(Topics.JOB_PROGRESSED, JobProgressed.class, JobTranslations::progressed),
                EventReader.of(Topics.JOB_REGISTRY, RegisteredJob.class, JobTranslations::registered),
                EventReader.of(Topics.AUTHORITY_CHANGED, AuthorityChanged.class, AuthorityTranslations::changed),
                EventReader.of(
                        Topics.CERTIFICATE_PREPARED, CertificatePrepared.class, CertificateTranslations::prepared),
                EventReader.of(Topics.CERTIFICATE_ISSUED, CertificateIssued.class, CertificateTranslations::issued),
                EventReader.of(Topics.ISSUANCE_REFUSED, IssuanceRefused.class, CertificateTranslations::refused),
                EventReader.of(Topics.RESPONDER_REQUESTED, ResponderRequested.class, ResponderTranslations::requested),
                EventReader.of(Topics.RESPONDER_ISSUED, ResponderIssued.class, ResponderTranslations::issued),
                EventReader.of(Topics.CERTIFICATE_STATUS, CertificateStatus.class, CertificateTranslations::status),
                EventReader.of(
                        Topics.REVOCATION_REQUESTED, RevocationRequested.class, RevocationTranslations::requested),
                EventReader.of(Topics.CERTIFICATE_REVOKED, CertificateRevoked.class, RevocationTranslations::revoked),
                EventReader.of(Topics.RENEWAL_DUE, RenewalDue.class, RenewalTranslations::due),
                EventReader.of(Topics.RENEWAL_OVERDUE, RenewalOverdue.class, RenewalTranslations::overdue),
                EventReader.of(
                        Topics.INSTALLATION_OVERDUE, InstallationOverdue.class, RenewalTranslations::installation),
                EventReader.of(Topics.DELETION_DUE, DeletionDue.class, RenewalTranslations::deletion),
                EventReader.of(Topics.CRL_PREPARED, CrlPrepared.class, RevocationTranslations::prepared),
                EventReader.of(Topics.CRL_SIGNED, CrlSigned.class, RevocationTranslations::signed),
                EventReader.of(Topics.SECURITY_OBSERVED, SecurityObserved.class, ObservationTranslations::security));
        Stream<EventReader<?>> deadLetters = Arrays.stream(Principal.values())
                .filter(Principal::service)
                .map(service -> EventReader.of(
                        Topics.deadLetter(service), DeadLetter.class, ObservationTranslations::deadLetter));
        return Stream.concat(events, deadLetters).toList();
    }
}
