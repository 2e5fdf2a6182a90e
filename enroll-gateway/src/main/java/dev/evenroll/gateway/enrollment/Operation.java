package dev.evenroll.gateway.enrollment;

/// What a device asks for.
public enum Operation {
    /// A first certificate: simpleenroll, RFC 7030 section 4.2.1.
    SIMPLE_ENROLL,
    /// The next certificate: simplereenroll, RFC 7030 section 4.2.2.
    SIMPLE_REENROLL
}
