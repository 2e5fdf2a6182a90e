package dev.evenroll.validator.enrollment;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The one-time token that an installer enrolls a device with. A device has one at a time.
///
/// | state | used for an enrollment | the same again | another enrollment | wrong token (2) |
/// |---|---|---|---|---|
/// | live | spent | - | - | live, one attempt less; locked by the fifth |
/// | spent | - | spent (1) | refused | refused, not counted |
/// | expired | refused | - | refused | refused, not counted |
/// | locked | refused | - | refused | refused, not counted |
///
/// - In every state a newly created token takes its place, live, and remembers it.
/// - (1) The same enrollment may be repeated until its certificate is issued; it is refused then.
/// - (2) One that it has taken the place of is refused and never counted: the device itself may go on asking with
///   it until somebody enters the new one.
///
/// Spent stays spent: also when the key claim or the CA refuses the enrollment afterwards, and while it waits
/// for a person.
///
/// @param tokenSha256 SHA-256 of the token's text, 64 lower-case hex digits
/// @param createdAt when it was created
/// @param createdBy who created it
/// @param expiresAt when it expires
/// @param spentFor the enrollment that it was spent for; null while it is not
/// @param failedAttempts wrong tokens that were presented for the device while this one was live
/// @param certifiedAt when a certificate was issued for the enrollment that it was spent for; null until then
/// @param replacedSha256 the digests of the tokens that it has taken the place of, newest first, at most
///     [#MOST_REPLACED]
public record InstallerToken(
        String tokenSha256,
        Instant createdAt,
        String createdBy,
        Instant expiresAt,
        @Nullable String spentFor,
        int failedAttempts,
        @Nullable Instant certifiedAt,
        List<String> replacedSha256) {

    /// So many wrong tokens lock the right one.
    public static final int ATTEMPTS = 5;

    /// Nobody creates more within the life of one.
    public static final int MOST_REPLACED = 10;

    public InstallerToken {
        replacedSha256 = List.copyOf(replacedSha256);
    }

    /// One that has been created just now.
    public static InstallerToken created(String tokenSha256, Instant now, String actor, Instant expiresAt) {
        return new InstallerToken(tokenSha256, now, actor, expiresAt, null, 0, null, List.of());
    }

    /// The same, in the place of another.
    public InstallerToken replacing(InstallerToken former) {
        var replaced = Stream.concat(Stream.of(former.tokenSha256), former.replacedSha256.stream())
                .filter(digest -> !digest.equals(tokenSha256))
                .distinct()
                .limit(MOST_REPLACED)
                .toList();
        return new InstallerToken(
                tokenSha256, createdAt, createdBy, expiresAt, spentFor, failedAttempts, certifiedAt, replaced);
    }

    public boolean locked() {
        return failedAttempts >= ATTEMPTS;
    }

    /// Whether a device can still be enrolled with it.
    public boolean live(Instant now) {
        return spentFor == null && !locked() && now.isBefore(expiresAt);
    }

    /// The token after an enrollment was accepted with it.
    public InstallerToken spent(String enrollmentId) {
        return with(enrollmentId, failedAttempts, null);
    }

    /// The token after a certificate was issued for an enrollment of its device.
    public InstallerToken certified(String enrollmentId, Instant now) {
        return enrollmentId.equals(spentFor) && certifiedAt == null ? with(spentFor, failedAttempts, now) : this;
    }

    /// Whether it was spent for the enrollment, which then may be repeated with it, whenever it expires.
    public boolean opens(String enrollmentId) {
        return enrollmentId.equals(spentFor) && certifiedAt == null;
    }

    /// The token after a wrong one was presented for its device.
    public InstallerToken guessed(Instant now) {
        return live(now) ? with(null, failedAttempts + 1, null) : this;
    }

    private InstallerToken with(@Nullable String enrollmentId, int attempts, @Nullable Instant certified) {
        return new InstallerToken(
                tokenSha256, createdAt, createdBy, expiresAt, enrollmentId, attempts, certified, replacedSha256);
    }
}
