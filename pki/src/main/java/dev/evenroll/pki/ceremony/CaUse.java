package dev.evenroll.pki.ceremony;

import org.bouncycastle.asn1.x509.BasicConstraints;

/// What a certificate of a CA is for.
public enum CaUse {
    /// A root says who it is, signed by itself.
    ROOT,
    /// A root certifies a CA that issues to devices.
    ISSUING,
    /// A root certifies another one, so that whoever knows only the first one trusts the other too.
    CROSS;

    /// How many CAs may stand below it (RFC 5280 section 4.2.1.9): none below one that issues to devices; a root's and
    /// a cross certificate's are not counted, for each roll-over of a root adds one to the path.
    BasicConstraints basicConstraints() {
        return switch (this) {
            case ISSUING -> new BasicConstraints(0);
            case ROOT, CROSS -> new BasicConstraints(true);
        };
    }
}
