package dev.evenroll.gateway.job;

import java.util.Locale;

/// Where a job stands. `receiving` and `interrupted` lead to each other and to `submitted`, which leads to `done`.
public enum JobState {
    /// Its lines are being brought.
    RECEIVING,
    /// Its lines came, and come no more: its station has to go on.
    INTERRUPTED,
    /// All lines have been read; some have not ended.
    SUBMITTED,
    /// Each line has ended.
    DONE;

    /// Its name in documents: lower case.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
