package dev.evenroll.gateway.enrollment;

import java.util.OptionalInt;

/// Where outcomes reach this replica: a partition of `enrollment.outcome` that it owns.
public interface ReplyAddress {

    /// One of the partitions that this replica owns and reads from a known position on; empty when there is
    /// none now.
    OptionalInt partition();
}
