package dev.evenroll.validator.registry;

/// Way in which a device comes to a certificate (DESIGN, enrollment models).
public enum EnrollmentModel {
    /// By its manufacturer's certificate (IDevID, IEEE 802.1AR), or on the line by the station's certificate.
    FACTORY,
    /// By the one-time token of an installer.
    FIELD,
    /// By its manufacturer's certificate under a written policy.
    JUST_IN_TIME,
    /// By the certificate of the local controller that it stands behind.
    CENTRAL_GATEWAY,
    /// By its present certificate: open to every device that has one, so that nobody allows it by hand.
    RENEWAL
}
