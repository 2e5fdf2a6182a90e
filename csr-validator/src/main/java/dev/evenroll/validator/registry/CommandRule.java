package dev.evenroll.validator.registry;

import dev.evenroll.pki.Failure;

/// Rules by which the registry refuses commands: names for programs.
public final class CommandRule {

    /// A registration contradicts the one that is there.
    public static final String REGISTERED_DIFFERENTLY = "registered-differently";
    /// The state of the device does not admit the command.
    public static final String STATE_CONFLICT = "state-conflict";
    /// The command is for another revision of the entry.
    public static final String REVISION_CONFLICT = "revision-conflict";
    /// The idempotency key stands for another command.
    public static final String IDEMPOTENCY_CONFLICT = "idempotency-conflict";
    /// The device may not enroll by a token.
    public static final String ENROLLMENT_MODEL = "enrollment-model";

    private CommandRule() {}

    /// Why a command is refused whose idempotency key stands for another one.
    public static Failure idempotencyConflict() {
        return new Failure(
                IDEMPOTENCY_CONFLICT,
                "Idempotency-Key: was used for another command to this device; use a new key for each command");
    }
}
