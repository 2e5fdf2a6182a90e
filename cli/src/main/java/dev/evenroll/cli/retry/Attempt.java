package dev.evenroll.cli.retry;

/// Something that may be tried again without harm when it met a fault.
///
/// @param <T> what it brings when it succeeds
@FunctionalInterface
public interface Attempt<T> {
    T make() throws FaultException, FinalException, InterruptedException;
}
