package dev.evenroll.validator.streams;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.policy.Admission;
import dev.evenroll.schemas.event.DeviceDescription;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.Registration;
import dev.evenroll.validator.validation.Decided;
import dev.evenroll.validator.validation.JustInTime;
import dev.evenroll.validator.validation.Route;
import dev.evenroll.validator.validation.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What a verdict changes in the registry.
final class DeviceChanges {

    private final DeviceTask task;
    private final EventFactory events;

    DeviceChanges(DeviceTask task, EventFactory events) {
        this.task = task;
        this.events = events;
    }

    /// The device is entered if it is unknown, leaves quarantine if a person approved, and retires the
    /// certificates before the one that it was seen with.
    ///
    /// Under a quota it is entered when that has granted the certificate ([QuotaGrantHandler]).
    List<Emission> accepted(Petition petition, Verdict.Accepted accepted) {
        var emissions = new ArrayList<Emission>();
        if (accepted.admission() != null && accepted.quotaPerHour() == null) {
            emissions.addAll(admit(petition, accepted.admission(), accepted.route()));
        }
        if (petition.approver() != null) {
            emissions.addAll(change(petition, device -> device.approved(events.now())));
        }
        var notBefore = accepted.usedNotBefore();
        if (notBefore != null) {
            emissions.addAll(change(petition, device -> device.used(notBefore)));
        }
        return emissions;
    }

    /// How the device is entered when the quota has granted the certificate; null when it is not then.
    static @Nullable DeviceDescription admissionWithQuota(Verdict.Accepted accepted) {
        return accepted.admission() == null || accepted.quotaPerHour() == null
                ? null
                : DeviceRecords.toRecord(registration(accepted.route(), accepted.admission()));
    }

    /// The device is entered if it is unknown, and put in quarantine if the verdict says so: what was approved before
    /// was not approved for that quarantine.
    List<Emission> waiting(Petition petition, Verdict.Waiting waiting) {
        var emissions = new ArrayList<Emission>();
        if (waiting.admission() != null) {
            emissions.addAll(admit(petition, waiting.admission(), waiting.route()));
        }
        if (waiting.quarantine()) {
            task.approvals().forgetOpen(petition.deviceId(), events.now());
            emissions.addAll(change(petition, device -> device.quarantined(waiting.reason(), events.now())));
        }
        return emissions;
    }

    private List<Emission> admit(Petition petition, Admission admission, Route route) {
        if (!(task.devices().find(petition.deviceId()) instanceof DeviceLife.Unregistered unknown)) {
            return List.of();
        }
        return List.of(task.devices()
                .put(unknown.admitted(
                        new DeviceId(petition.deviceId()),
                        registration(route, admission),
                        policy(route).outcome().policy(),
                        admission.quarantined(),
                        events.now())));
    }

    private static Registration registration(Route route, Admission admission) {
        return JustInTime.registration(policy(route), admission);
    }

    private static Decided policy(Route route) {
        return Objects.requireNonNull(route.policy(), "a device was admitted by no policy");
    }

    private List<Emission> change(Petition petition, UnaryOperator<DeviceLife.Known> transition) {
        if (!(task.devices().find(petition.deviceId()) instanceof DeviceLife.Known before)) {
            return List.of();
        }
        var after = transition.apply(before);
        return after.equals(before) ? List.of() : List.of(task.devices().put(after));
    }
}
