package dev.evenroll.validator.enrollment;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import java.util.Optional;

/// Reading the enrollments that wait, or waited, for a person, as far as this replica holds them. Safe for
/// use by many threads.
public interface ApprovalDirectory {

    /// One of them; empty also when its time is over.
    ///
    /// @throws RegistryUnavailableException when the part of the registry that would hold it can not be read
    ///     here and now; never an empty answer then
    Optional<Approval> find(DeviceId deviceId, String enrollmentId) throws RegistryUnavailableException;

    /// Those of the partitions that this replica holds, in the order of [ApprovalPlace].
    ///
    /// @throws RegistryUnavailableException when one of them can not be read now
    ApprovalPage list(ApprovalQuery query) throws RegistryUnavailableException;
}
