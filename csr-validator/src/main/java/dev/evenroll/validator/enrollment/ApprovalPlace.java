package dev.evenroll.validator.enrollment;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/// The place of an enrollment among those that wait for a person: by device, then by enrollment.
///
/// Written as `<device id>/<enrollment id>`; no device id holds a slash. The order is not that of the text.
public record ApprovalPlace(String deviceId, String enrollmentId) implements Comparable<ApprovalPlace> {

    private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9._-]{1,64})/([0-9a-f]{64})");
    private static final Comparator<ApprovalPlace> ORDER =
            Comparator.comparing(ApprovalPlace::deviceId).thenComparing(ApprovalPlace::enrollmentId);

    public static ApprovalPlace of(Approval approval) {
        return new ApprovalPlace(approval.deviceId(), approval.enrollmentId());
    }

    /// Reads what [#toString] wrote; empty when it is something else.
    public static Optional<ApprovalPlace> read(String text) {
        var matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new ApprovalPlace(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    @Override
    public int compareTo(ApprovalPlace other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return deviceId + "/" + enrollmentId;
    }
}
