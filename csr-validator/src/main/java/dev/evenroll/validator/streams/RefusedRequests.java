package dev.evenroll.validator.streams;

import dev.evenroll.pki.Failure;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.validator.enrollment.Audience;
import dev.evenroll.validator.enrollment.EnrollmentRules;
import dev.evenroll.validator.enrollment.JobLine;
import dev.evenroll.validator.validation.Alarm;
import dev.evenroll.validator.validation.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What follows from a refusal by the rules, or by a person: the event, the answers, and the alarms.
final class RefusedRequests {

    private final DeviceTask task;
    private final EventFactory events;
    private final Answers answers;
    private final DecisionMetrics metrics;

    RefusedRequests(DeviceTask task, EventFactory events, DecisionMetrics metrics) {
        this.task = task;
        this.events = events;
        this.answers = new Answers(events);
        this.metrics = metrics;
    }

    List<Emission> refuse(Petition petition, Verdict.Refused refused, Origin origin) {
        var emissions = new ArrayList<>(refuse(petition, refused.failures(), refused.told(), origin));
        emissions.addAll(raise(petition, refused.alarms(), origin));
        return List.copyOf(emissions);
    }

    List<Emission> refuse(Petition petition, Failure failure, Origin origin) {
        return refuse(petition, List.of(failure), List.of(failure), origin);
    }

    /// @param failures everything, for the audit log
    /// @param told what the requester may hear of it
    List<Emission> refuse(Petition petition, List<Failure> failures, List<Failure> told, Origin origin) {
        metrics.refused(origin, failures);
        var emissions = new ArrayList<Emission>();
        emissions.add(events.refusal(
                petition.enrollmentId(),
                petition.deviceId(),
                EventFactory.findings(failures),
                petition.request().getRemoteAddress(),
                petition.replyPartition(),
                origin));
        emissions.addAll(answers.refused(
                petition.deviceId(), petition.enrollmentId(), EventFactory.findings(told), petition.audience()));
        return List.copyOf(emissions);
    }

    /// Too many lines of bulk jobs wait for the same enrollment: this one does not.
    List<Emission> refuseLine(Petition petition, @Nullable JobLine line) {
        return answers.refused(
                petition.deviceId(),
                petition.enrollmentId(),
                EventFactory.findings(List.of(EnrollmentRules.tooManyJobLines())),
                Audience.of(Audience.NOBODY, line));
    }

    /// Each kind of observation once: a wrong token for a device whose own one is locked is one refused token.
    private List<Emission> raise(Petition petition, List<Alarm> alarms, Origin origin) {
        var attributes = Map.of(
                "enrollmentId", petition.enrollmentId(),
                "remoteAddress", petition.request().getRemoteAddress(),
                "requester", origin.requester());
        var seen = EnumSet.noneOf(SecurityObservation.class);
        var emissions = new ArrayList<Emission>();
        for (var alarm : alarms) {
            if (seen.add(observation(alarm.kind()))) {
                emissions.add(events.observation(
                        observation(alarm.kind()), petition.deviceId(), alarm.sentence(), attributes));
            }
            if (alarm.kind() == Alarm.Kind.WRONG_TOKEN) {
                emissions.addAll(task.deviceTokens().guessed(petition.deviceId(), attributes));
            }
        }
        return emissions;
    }

    private static SecurityObservation observation(Alarm.Kind kind) {
        return switch (kind) {
            case WRONG_TOKEN, UNUSABLE_TOKEN -> SecurityObservation.TOKEN_REFUSED;
            case FOREIGN_DEVICE -> SecurityObservation.FOREIGN_DEVICE_REQUESTED;
            case BLOCKED_KEY -> SecurityObservation.BLOCKED_KEY_PRESENTED;
            case REVOKED_CERTIFICATE -> SecurityObservation.REVOKED_CERTIFICATE_PRESENTED;
        };
    }
}
