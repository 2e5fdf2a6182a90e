package dev.evenroll.validator.administration;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps the refused calls for a test to look at.
@Singleton
public final class RecordedRefusals implements RefusedCalls {

    private final List<String> calls = new CopyOnWriteArrayList<>();

    List<String> calls() {
        return List.copyOf(calls);
    }

    void clear() {
        calls.clear();
    }

    @Override
    public void unauthenticated(String remoteAddress, String call) {
        calls.add("401 " + remoteAddress + " " + call);
    }

    @Override
    public void forbidden(String actor, String remoteAddress, String call) {
        calls.add("403 " + actor + " " + remoteAddress + " " + call);
    }
}
