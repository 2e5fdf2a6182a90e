package dev.evenroll.validator.administration;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.identity.OneTimeToken;
import dev.evenroll.validator.registry.CommandResult;
import dev.evenroll.validator.registry.CommandRule;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceDirectory;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Makes one-time tokens. The registry is told the digest; the token itself is in the answer and nowhere
/// else.
@Singleton
final class TokenDesk {

    private static final String VALID_FOR = "validFor";
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final Duration USUAL = Duration.ofHours(24);

    private final CommandDesk desk;
    private final DeviceDirectory directory;
    private final ProfileAssignment assignment;
    private final DeviceAnswers answers;
    private final Orders orders;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    TokenDesk(
            CommandDesk desk,
            DeviceDirectory directory,
            ProfileAssignment assignment,
            DeviceAnswers answers,
            Orders orders,
            InstantSource clock) {
        this.desk = desk;
        this.directory = directory;
        this.assignment = assignment;
        this.answers = answers;
        this.orders = orders;
        this.clock = clock;
    }

    /// @param body `{"validFor": "PT24H"}`, or nothing for that
    Response create(DeviceId deviceId, String body, Call call)
            throws CallRefusedException, RegistryUnavailableException {
        var device = directory.find(deviceId);
        if (device.isPresent()) {
            assignment.check(device.get().entry().registration(), call);
        }
        var token = OneTimeToken.random(random);
        var expiresAt = clock.instant().plus(validFor(body)).truncatedTo(ChronoUnit.MILLIS);
        // With the digest in its id, a repeated call is another command under the same idempotency key: it can not
        // be answered like the first time, because nobody knows that token any more.
        var order = orders.of(call, deviceId, body, token.sha256());
        var answer = desk.give(new DeviceCommand.CreateToken(order, token.sha256(), expiresAt));
        return switch (answer) {
            case CommandDesk.Answer.Applied _ ->
                Response.status(Response.Status.CREATED)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .entity(new TokenView(deviceId.value(), token.text(), expiresAt.toString()))
                        .build();
            case CommandDesk.Answer.Refused(DeviceLife.Known _, CommandResult result)
            when isRepeated(result) ->
                Problem.response(
                                Response.Status.CONFLICT,
                                "A command with this Idempotency-Key was given for " + deviceId
                                        + " before. A token is shown once and kept nowhere: create another one, "
                                        + "under a new key.")
                        .build();
            case CommandDesk.Answer.Refused _,
                    CommandDesk.Answer.NotRegistered _,
                    CommandDesk.Answer.OfNewerVersion _ -> answers.of(answer, order.expectedRevision() != null);
        };
    }

    private static boolean isRepeated(CommandResult result) {
        return result.refusals().stream().anyMatch(refusal -> refusal.rule().equals(CommandRule.IDEMPOTENCY_CONFLICT));
    }

    private static Duration validFor(String body) throws CallRefusedException {
        if (body.isBlank()) {
            return USUAL;
        }
        var fields = JsonFields.of(body, List.of(VALID_FOR));
        var text = fields.text(VALID_FOR);
        fields.check();
        try {
            var duration = text == null ? USUAL : Duration.parse(text);
            if (duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // Answered below, like a duration out of range.
        }
        throw CallRefusedException.invalid(
                VALID_FOR, "is not a duration from PT1M to P30D; write it like PT24H or P7D (ISO 8601)");
    }
}
