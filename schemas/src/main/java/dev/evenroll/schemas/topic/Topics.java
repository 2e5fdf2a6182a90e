package dev.evenroll.schemas.topic;

import static dev.evenroll.schemas.topic.Principal.AUDITOR;
import static dev.evenroll.schemas.topic.Principal.AUDIT_SINK;
import static dev.evenroll.schemas.topic.Principal.BACK_END;
import static dev.evenroll.schemas.topic.Principal.CSR_VALIDATOR;
import static dev.evenroll.schemas.topic.Principal.ENROLL_GATEWAY;
import static dev.evenroll.schemas.topic.Principal.ISSUER;
import static dev.evenroll.schemas.topic.Principal.REVOCATION_SERVICE;

import dev.evenroll.schemas.event.AuditRecorded;
import dev.evenroll.schemas.event.AuthorityChanged;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.CertificatePrepared;
import dev.evenroll.schemas.event.CertificateRevoked;
import dev.evenroll.schemas.event.CertificateStatus;
import dev.evenroll.schemas.event.CertificateUsed;
import dev.evenroll.schemas.event.CrlPrepared;
import dev.evenroll.schemas.event.CrlSigned;
import dev.evenroll.schemas.event.DeadLetter;
import dev.evenroll.schemas.event.DeletionDue;
import dev.evenroll.schemas.event.DeviceCommanded;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.EnrollmentOutcome;
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
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;

/// The table of topics. Nothing else in the project names a topic.
public final class Topics {

    private static final String DEVICE = "device id";
    private static final String CERTIFICATE = "certificate id";
    private static final String RESPONDER = "name of the responder";
    private static final String KEY = "SHA-256 of the SubjectPublicKeyInfo in hex";
    private static final String SHARD = "issuer key id, hyphen, shard; of a delta CRL followed by `-delta`";

    private static final Cleanup COMPACT = new Cleanup.Compact();
    private static final Cleanup DAYS_30 = new Cleanup.Delete(Duration.ofDays(30));
    private static final Cleanup DAYS_400 = new Cleanup.Delete(Duration.ofDays(400));
    /// As long as anybody can ask who made a CA.
    private static final Cleanup CENTURY = new Cleanup.Delete(Duration.ofDays(36_500));
    private static final Cleanup HOUR = new Cleanup.Delete(Duration.ofHours(1));

    /// Kafka's default of `max.message.bytes`, rounded.
    private static final int ONE_MEBIBYTE = 1024 * 1024;
    /// A CRL of 100,000 entries of 39 bytes, with room.
    private static final int EIGHT_MEBIBYTES = 8 * ONE_MEBIBYTE;

    public static final Topic DEVICE_COMMANDED = topic("device.commanded", DEVICE, 12, DAYS_30, DeviceCommanded.class)
            .writtenBy(CSR_VALIDATOR)
            .readBy(CSR_VALIDATOR, AUDIT_SINK)
            .about("Commands of authorized people to the registry.");
    public static final Topic DEVICE_REGISTRY = topic("device.registry", DEVICE, 12, COMPACT, RegisteredDevice.class)
            .writtenBy(CSR_VALIDATOR)
            .readBy(REVOCATION_SERVICE, AUDIT_SINK)
            .about("Every device as the registry holds it now; revocation-service lets them connect by it.");

    public static final Topic KEY_COMMANDED = topic("key.commanded", KEY, 12, DAYS_400, KeyCommanded.class)
            .writtenBy(CSR_VALIDATOR)
            .readBy(CSR_VALIDATOR, AUDIT_SINK)
            .about("Commands of authorized people about public keys.");
    public static final Topic KEY_BLOCKED = topic("key.blocked", KEY, 12, COMPACT, KeyBlocked.class)
            .writtenBy(CSR_VALIDATOR)
            .readBy(CSR_VALIDATOR, AUDIT_SINK)
            .about("Every public key that is blocked; each replica of the validator knows them all.");
    public static final Topic REGISTRATION_AUTHORITY_REGISTRY = topic(
                    "registration-authority.registry", "name", 1, COMPACT, RegistrationAuthority.class)
            .writtenBy(CSR_VALIDATOR)
            .readBy(CSR_VALIDATOR, AUDIT_SINK)
            .about("Local controllers and factory lines whose certificates speak for devices.");

    public static final Topic ENROLLMENT_REQUESTED = topic(
                    "enrollment.requested", DEVICE, 12, DAYS_30, EnrollmentRequested.class)
            .writtenBy(ENROLL_GATEWAY)
            .readBy(CSR_VALIDATOR, AUDIT_SINK)
            .about("Well-formed requests of authenticated requesters, not yet judged.");
    public static final Topic ENROLLMENT_AUTHORIZED = topic(
                    "enrollment.authorized", DEVICE, 12, DAYS_30, EnrollmentAuthorized.class)
            .writtenBy(CSR_VALIDATOR)
            .readBy(ISSUER, AUDIT_SINK, AUDITOR)
            .about("Decisions that a device may have a certificate: the only thing the CA acts on.");
    public static final Topic ENROLLMENT_REFUSED = topic(
                    "enrollment.refused", DEVICE, 12, DAYS_30, EnrollmentRefused.class)
            .writtenBy(CSR_VALIDATOR)
            .readBy(CSR_VALIDATOR, AUDIT_SINK, AUDITOR)
            .about("Decisions that a request is refused, with every reason.");
    public static final Topic ENROLLMENT_PENDING = topic(
                    "enrollment.pending", DEVICE, 12, DAYS_30, EnrollmentPending.class)
            .writtenBy(CSR_VALIDATOR)
            .readBy(AUDIT_SINK, AUDITOR)
            .about("Decisions that a request waits for a person.");
    public static final Topic ENROLLMENT_OUTCOME = topic(
                    "enrollment.outcome", DEVICE + " (partition: reply address)", 12, HOUR, EnrollmentOutcome.class)
            .writtenBy(CSR_VALIDATOR, ISSUER)
            .readBy(ENROLL_GATEWAY)
            .about("Answers to waiting gateway replicas; each replica owns the partitions it reads.");

    public static final Topic JOB_PROGRESSED = topic("job.progressed", "job id", 12, DAYS_30, JobProgressed.class)
            .writtenBy(ENROLL_GATEWAY, CSR_VALIDATOR)
            .readBy(ENROLL_GATEWAY, AUDIT_SINK)
            .about("Bulk jobs of factory lines: opened, how far their lines have come, submitted, and how each line"
                    + " ended.");
    public static final Topic JOB_REGISTRY = topic("job.registry", "job id", 1, DAYS_30, RegisteredJob.class)
            .writtenBy(ENROLL_GATEWAY)
            .readBy(ENROLL_GATEWAY, AUDIT_SINK)
            .about("Which bulk jobs there are, whose each is, and whether it is open.");

    public static final Topic AUTHORITY_CHANGED = topic(
                    "authority.changed", "name of the CA", 1, CENTURY, AuthorityChanged.class)
            .writtenBy(ISSUER)
            .readBy(ISSUER, AUDIT_SINK)
            .about("Who made which CA, how, and when it became active: the record of the ceremonies.");

    public static final Topic CERTIFICATE_PREPARED = topic(
                    "certificate.prepared", DEVICE, 12, DAYS_400, CertificatePrepared.class)
            .writtenBy(ISSUER)
            .readBy(ISSUER, AUDIT_SINK)
            .about("Certificates complete but for the signature; the CA key signs nothing that is not here.");
    public static final Topic CERTIFICATE_ISSUED = topic(
                    "certificate.issued", DEVICE, 12, DAYS_400, CertificateIssued.class)
            .writtenBy(ISSUER)
            .readBy(ISSUER, CSR_VALIDATOR, REVOCATION_SERVICE, AUDIT_SINK)
            .about("Signed certificates.");
    public static final Topic ISSUANCE_REFUSED = topic("issuance.refused", DEVICE, 12, DAYS_400, IssuanceRefused.class)
            .writtenBy(ISSUER)
            .readBy(ISSUER, CSR_VALIDATOR, AUDIT_SINK)
            .about("Authorized enrollments that the CA does not carry out, with every reason: for an operator.");

    public static final Topic RESPONDER_REQUESTED = topic(
                    "responder.requested", RESPONDER, 12, DAYS_30, ResponderRequested.class)
            .writtenBy(REVOCATION_SERVICE)
            .readBy(ISSUER, AUDIT_SINK)
            .about("Keys of OCSP responders, for which they ask for certificates.");
    public static final Topic RESPONDER_ISSUED = topic(
                    "responder.issued", "issuer key id, hyphen, " + RESPONDER, 1, COMPACT, ResponderIssued.class)
            .writtenBy(ISSUER)
            .readBy(REVOCATION_SERVICE, AUDIT_SINK)
            .about("The newest certificate of each OCSP responder.");

    public static final Topic CERTIFICATE_STATUS = topic(
                    "certificate.status", CERTIFICATE, 12, COMPACT, CertificateStatus.class)
            .writtenBy(REVOCATION_SERVICE)
            .readBy(AUDIT_SINK)
            .about("What the inventory knows of each certificate now.");
    public static final Topic REVOCATION_REQUESTED = topic(
                    "revocation.requested", CERTIFICATE, 12, DAYS_400, RevocationRequested.class)
            .writtenBy(REVOCATION_SERVICE)
            .readBy(REVOCATION_SERVICE, AUDIT_SINK)
            .about(
                    "Orders to revoke certificates, to put them on hold and to release them: of authorized people, and of what"
                            + " the registry says of their devices.");
    public static final Topic CERTIFICATE_REVOKED = topic(
                    "certificate.revoked", CERTIFICATE, 12, COMPACT, CertificateRevoked.class)
            .writtenBy(REVOCATION_SERVICE)
            .readBy(REVOCATION_SERVICE, ENROLL_GATEWAY, CSR_VALIDATOR, AUDIT_SINK)
            .about(
                    "Certificates that are revoked, on hold, or released from hold; the gateway, the validator and connection"
                            + " authorization each refuse the first two from a copy of their own.");
    public static final Topic CERTIFICATE_USED = topic("certificate.used", DEVICE, 12, DAYS_30, CertificateUsed.class)
            .writtenBy(REVOCATION_SERVICE)
            .readBy(REVOCATION_SERVICE)
            .about(
                    "Devices that were seen with a certificate, repeated by replicas that have forgotten it; what is new in"
                            + " it stands on certificate.status.");

    public static final Topic RENEWAL_DUE = topic("renewal.due", DEVICE, 12, DAYS_30, RenewalDue.class)
            .writtenBy(REVOCATION_SERVICE)
            .readBy(BACK_END, AUDIT_SINK)
            .about("Certificates to be renewed, with what a back end needs to trigger the station; said again as it"
                    + " presses more.");
    public static final Topic RENEWAL_OVERDUE = topic("renewal.overdue", DEVICE, 12, DAYS_30, RenewalOverdue.class)
            .writtenBy(REVOCATION_SERVICE)
            .readBy(BACK_END, AUDIT_SINK)
            .about("Certificates that were not renewed in time and will soon expire: somebody has to look.");
    public static final Topic INSTALLATION_OVERDUE = topic(
                    "installation.overdue", DEVICE, 12, DAYS_30, InstallationOverdue.class)
            .writtenBy(REVOCATION_SERVICE)
            .readBy(BACK_END, AUDIT_SINK)
            .about("Certificates that were issued, and that their devices have not been seen with.");
    public static final Topic DELETION_DUE = topic("deletion.due", DEVICE, 12, DAYS_30, DeletionDue.class)
            .writtenBy(REVOCATION_SERVICE)
            .readBy(BACK_END, AUDIT_SINK)
            .about("Revoked certificates that are to be deleted on their stations.");

    public static final Topic CRL_PREPARED = topic("crl.prepared", SHARD, 4, COMPACT, CrlPrepared.class)
            .of(EIGHT_MEBIBYTES)
            .writtenBy(REVOCATION_SERVICE)
            .readBy(ISSUER, AUDIT_SINK)
            .about("CRLs complete but for the signature.");
    public static final Topic CRL_SIGNED = topic("crl.signed", SHARD, 4, COMPACT, CrlSigned.class)
            .of(EIGHT_MEBIBYTES)
            .writtenBy(ISSUER)
            .readBy(ISSUER, REVOCATION_SERVICE, AUDIT_SINK)
            .about("Signed CRLs.");

    public static final Topic SECURITY_OBSERVED = topic(
                    "security.observed", "subject", 4, DAYS_400, SecurityObserved.class)
            .writtenBy(ENROLL_GATEWAY, CSR_VALIDATOR, ISSUER, REVOCATION_SERVICE)
            .readBy(AUDIT_SINK)
            .about("What a SOC wants to know of: failed authentication, hostile records, copied keys, signing faults.");
    public static final Topic AUDIT_RECORDED = topic("audit.recorded", "entity", 12, DAYS_400, AuditRecorded.class)
            .writtenBy(AUDIT_SINK)
            .readBy(AUDITOR)
            .about("Every event of the pipeline as an audit record.");

    /// Their dead letters are no larger than a record of another topic.
    private static final Set<Principal> READ_NO_CRLS = Set.of(ENROLL_GATEWAY, CSR_VALIDATOR);

    private static final List<Topic> DEAD_LETTERS = Arrays.stream(Principal.values())
            .filter(Principal::service)
            .map(service -> topic(
                            service.principalName() + ".dead-letter", "as the source", 1, DAYS_400, DeadLetter.class)
                    .of(READ_NO_CRLS.contains(service) ? 2 * ONE_MEBIBYTE : EIGHT_MEBIBYTES + ONE_MEBIBYTE)
                    .writtenBy(service)
                    .readBy(AUDIT_SINK)
                    .about("Records that " + service.principalName() + " could not use, with the cause."))
            .toList();

    private Topics() {}

    /// All topics, in the order of the documentation.
    public static List<Topic> all() {
        return Stream.concat(
                        Stream.of(
                                DEVICE_COMMANDED,
                                DEVICE_REGISTRY,
                                KEY_COMMANDED,
                                KEY_BLOCKED,
                                REGISTRATION_AUTHORITY_REGISTRY,
                                ENROLLMENT_REQUESTED,
                                ENROLLMENT_AUTHORIZED,
                                ENROLLMENT_REFUSED,
                                ENROLLMENT_PENDING,
                                ENROLLMENT_OUTCOME,
                                JOB_PROGRESSED,
                                JOB_REGISTRY,
                                AUTHORITY_CHANGED,
                                CERTIFICATE_PREPARED,
                                CERTIFICATE_ISSUED,
                                ISSUANCE_REFUSED,
                                RESPONDER_REQUESTED,
                                RESPONDER_ISSUED,
                                CERTIFICATE_STATUS,
                                REVOCATION_REQUESTED,
                                CERTIFICATE_REVOKED,
                                CERTIFICATE_USED,
                                RENEWAL_DUE,
                                RENEWAL_OVERDUE,
                                INSTALLATION_OVERDUE,
                                DELETION_DUE,
                                CRL_PREPARED,
                                CRL_SIGNED,
                                SECURITY_OBSERVED,
                                AUDIT_RECORDED),
                        DEAD_LETTERS.stream())
                .toList();
    }

    /// Where a service puts aside what it can not use.
    public static Topic deadLetter(Principal service) {
        return DEAD_LETTERS.stream()
                .filter(topic -> topic.writers().contains(service))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(service + " has no dead-letter topic."));
    }

    private static Builder topic(
            String aggregateEvent,
            String key,
            int partitions,
            Cleanup cleanup,
            Class<? extends SpecificRecordBase> record) {
        return new Builder(aggregateEvent, key, partitions, cleanup, ONE_MEBIBYTE, List.of(), List.of(), record);
    }

    /// One row of the table while it is being written down.
    private record Builder(
            String aggregateEvent,
            String key,
            int partitions,
            Cleanup cleanup,
            int largestRecordBytes,
            List<Principal> writers,
            List<Principal> readers,
            Class<? extends SpecificRecordBase> record) {

        Builder of(int bytes) {
            return new Builder(aggregateEvent, key, partitions, cleanup, bytes, writers, readers, record);
        }

        Builder writtenBy(Principal... principals) {
            return new Builder(
                    aggregateEvent, key, partitions, cleanup, largestRecordBytes, List.of(principals), readers, record);
        }

        Builder readBy(Principal... principals) {
            return new Builder(
                    aggregateEvent, key, partitions, cleanup, largestRecordBytes, writers, List.of(principals), record);
        }

        Topic about(String about) {
            return new Topic(
                    aggregateEvent, key, partitions, cleanup, largestRecordBytes, writers, readers, record, about);
        }
    }
}
