package dev.evenroll.revocation.device;

import dev.evenroll.pki.profile.Renewal;
import java.time.Duration;
import java.time.Instant;

/// The steps in which it is said, more and more urgently, that a certificate is to be renewed.
public enum RenewalStep {
    /// The renewal is due.
    ROUTINE(1, 0),
    /// Half of the time from then to [#OVERDUE] has gone by.
    SOON(2, 2),
    /// Three quarters of it have.
    URGENT(3, 3),
    /// The certificate will soon expire, and was not renewed.
    OVERDUE(4, 4);

    private static final int QUARTERS = 4;

    private final int number;
    private final int quarters;

    RenewalStep(int number, int quarters) {
        this.number = number;
        this.quarters = quarters;
    }

    /// Its place, from 1: how many steps are over when it is said.
    public int number() {
        return number;
    }

    /// When the step is due for a certificate under these terms.
    public Instant at(DeviceCertificate certificate, Renewal terms) {
        var due = terms.dueAt(certificate.notBefore(), certificate.notAfter(), certificate.serialNumber());
        var overdue = terms.overdueAt(certificate.notBefore(), certificate.notAfter());
        return due.plus(Duration.between(due, overdue).multipliedBy(quarters).dividedBy(QUARTERS));
    }
}
