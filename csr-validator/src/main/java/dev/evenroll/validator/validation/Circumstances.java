package dev.evenroll.validator.validation;

import dev.evenroll.validator.registry.DeviceLife;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What this service itself knows at the moment of a judgement, as far as a request's device is concerned.
///
/// @param device what the registry holds of the device
/// @param certificates what is known of the device's certificates
/// @param token the device's one-time token; null when it has none
/// @param authorities the registration authorities by the CN of their certificates
/// @param blockedKeys the keys that people have blocked, by the SHA-256 of the SubjectPublicKeyInfo in 64 lower-case
///     hexadecimal digits
/// @param approver who approved the enrollment; null as long as nobody has
public record Circumstances(
        DeviceLife device,
        DeviceCertificates certificates,
        @Nullable DeviceTokenView token,
        Function<String, Optional<Authority>> authorities,
        Predicate<String> blockedKeys,
        @Nullable String approver) {}
