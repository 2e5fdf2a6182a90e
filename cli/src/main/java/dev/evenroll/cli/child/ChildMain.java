package dev.evenroll.cli.child;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/// Runs another main class and ends with the process that started it: the parent holds the other end of standard
/// input and writes nothing, so the end of that stream means that the parent is gone, however it died.
///
/// Usage: `ChildMain SECONDS CLASS ARGUMENT...`. The process exits in the orderly way then, and is halted after SECONDS
/// when that way hangs (a service closes slowly when the broker died with the same parent).
public final class ChildMain {

    private static final int PARENT_GONE = 4;

    private ChildMain() {}

    public static void main(String[] arguments) throws Throwable {
        var limitMillis = Long.parseLong(arguments[0]) * 1000;
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> exitWithParent(limitMillis));
        var main = Class.forName(arguments[1]).getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(arguments, 2, arguments.length));
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }

    private static void exitWithParent(long limitMillis) {
        awaitEndOfInput();
        Thread.ofPlatform().daemon().name("exit-limit").start(() -> haltAfter(limitMillis));
        System.exit(PARENT_GONE);
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // A parent that writes is alive.
            }
        } catch (IOException unreadable) {
            // A broken pipe has no parent at its other end either.
        }
    }

    private static void haltAfter(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(PARENT_GONE);
    }
}
