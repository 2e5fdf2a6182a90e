package dev.evenroll.gateway.job;

import dev.evenroll.pki.Der;
import java.util.List;

/// What has become of a line.
///
/// @param line its number, from 1
/// @param deviceId empty when the line names none
/// @param enrollmentId empty when the line holds no request
public record LineResult(int line, String deviceId, String enrollmentId, Ending ending) {

    /// How it ended, or that it waits.
    public sealed interface Ending {
        /// With a certificate, DER.
        record Issued(Der certificate) implements Ending {}

        /// With a refusal and every reason.
        record Refused(List<LineFinding> findings) implements Ending {
            public Refused {
                findings = List.copyOf(findings);
            }
        }

        /// A person has to decide.
        record Pending() implements Ending {}
    }
}
