package dev.evenroll.gateway.observation;

/// Where observations go. Reporting neither blocks nor fails for the caller: what can not be written is
/// counted and logged by whoever should have written it.
public interface Observations {

    void report(Observation observation);
}
