package dev.evenroll.e2e.agent;

import dev.evenroll.e2e.crash.CrashAgent;
import java.lang.instrument.Instrumentation;

/// What the JVM calls before the main class of a service: the first word says which agent is meant, the others are its
/// arguments, separated by commas.
public final class Agent {

    private Agent() {}

    /// Called by the JVM.
    public static void premain(String arguments, Instrumentation instrumentation) {
        var parts = arguments.split(",", 2);
        switch (parts[0]) {
            case CrashAgent.NAME -> CrashAgent.install(parts[1], instrumentation);
            case SlowKeyAgent.NAME -> SlowKeyAgent.install(parts[1], instrumentation);
            default ->
                throw new IllegalArgumentException("agent: \"" + parts[0] + "\" is none; give " + CrashAgent.NAME
                        + " or " + SlowKeyAgent.NAME + " first");
        }
    }
}
