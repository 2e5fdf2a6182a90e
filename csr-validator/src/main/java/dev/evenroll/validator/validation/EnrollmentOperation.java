package dev.evenroll.validator.validation;

/// What was asked for (RFC 7030).
public enum EnrollmentOperation {
    /// Section 4.2.1: a first certificate, asked for with the manufacturer's certificate.
    SIMPLE_ENROLL,
    /// Section 4.2.2: a further certificate, asked for with the present one.
    SIMPLE_REENROLL,
    /// Something that a newer gateway knows and this version does not.
    UNRECOGNIZED
}
