package dev.evenroll.validator.validation;

import dev.evenroll.validator.registry.EnrollmentModel;
import org.jspecify.annotations.Nullable;

/// The way that a request took through the judgement.
///
/// @param model the enrollment model that it was judged by; null when it did not come so far
/// @param requester who asked: the subject of the certificate, or `token of ` and its creator, or `token` when
///     it is none of the device's; empty when nothing could be read
/// @param policy what the just-in-time policies decided; null when none had to
public record Route(
        @Nullable EnrollmentModel model,
        String requester,
        @Nullable Decided policy) {}
