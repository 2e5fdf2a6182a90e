package dev.evenroll.cli.fleet;

import java.security.cert.X509Certificate;
import java.time.Duration;

/// How a request of a simulated device ended.
public sealed interface Ending {

    /// From the first connect to the answer, repetitions included.
    Duration took();

    /// In words, with the reason.
    String words();

    /// With the certificate in hand.
    record Issued(X509Certificate certificate, Duration took) implements Ending {
        @Override
        public String words() {
            return "issued";
        }
    }

    /// With a refusal.
    ///
    /// @param status HTTP status of the gateway
    /// @param reason in the gateway's words; a line for each finding
    record Refused(int status, String reason, Duration took) implements Ending {
        @Override
        public String words() {
            return "refused (" + status + "): " + reason;
        }
    }

    /// Without an answer: the time was up, or the server could not be trusted.
    record Unanswered(String reason, Duration took) implements Ending {
        @Override
        public String words() {
            return "unanswered: " + reason;
        }
    }

    /// The certificate.
    ///
    /// @throws IllegalStateException when there is none, with the reason
    default X509Certificate receivesCertificate() {
        if (this instanceof Issued issued) {
            return issued.certificate();
        }
        throw new IllegalStateException("The device should have received a certificate, but it was " + words());
    }

    /// Why it was refused.
    ///
    /// @throws IllegalStateException when it was not
    default String isRefused() {
        if (this instanceof Refused refused) {
            return refused.reason();
        }
        throw new IllegalStateException("The device should have been refused, but it was " + words());
    }
}
