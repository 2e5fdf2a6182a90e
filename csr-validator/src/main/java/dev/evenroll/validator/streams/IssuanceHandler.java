package dev.evenroll.validator.streams;

import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.validator.enrollment.Enrollment;
import dev.evenroll.validator.registry.DeviceLife;
import java.util.ArrayList;
import java.util.List;

/// Remembers an issued certificate, so that a repeated request gets the same one; answers whoever else waits;
/// moves the device on. Part of step 6 of the enrollment cycle.
final class IssuanceHandler implements EventHandler<CertificateIssued> {

    private final DeviceStore devices;
    private final EnrollmentStore enrollments;
    private final EventFactory events;

    IssuanceHandler(DeviceStore devices, EnrollmentStore enrollments, EventFactory events) {
        this.devices = devices;
        this.enrollments = enrollments;
        this.events = events;
    }

    @Override
    public List<Emission> handle(String key, CertificateIssued issued) throws UnusableException {
        if (!(devices.find(key) instanceof DeviceLife.Known device)) {
            throw new UnusableException(
                    "A certificate was issued for a device that the registry does not hold; revoke it.");
        }
        var certificate = Bytes.der(issued.getCertificate());
        var emissions = new ArrayList<Emission>();
        if (enrollments.find(key, issued.getEnrollmentId()) instanceof Enrollment.InFlight inFlight) {
            inFlight.furtherPartitions()
                    .forEach(partition ->
                            emissions.add(events.issuedOutcome(issued.getEnrollmentId(), key, certificate, partition)));
        }
        enrollments.removeExpired(key, events.now());
        enrollments.put(key, issued.getEnrollmentId(), new Enrollment.Issued(certificate, issued.getNotAfter()));
        var certified = device.certified(events.now());
        if (!certified.equals(device)) {
            emissions.add(devices.put(certified));
        }
        return List.copyOf(emissions);
    }
}
