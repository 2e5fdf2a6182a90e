package dev.evenroll.cli.trust;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/// The environment of this very process, for a library of SoftHSM2 that is loaded into it. Java can only set that of a
/// child: setenv(3).
public final class SoftTokenEnvironment {

    private SoftTokenEnvironment() {}

    /// Has the library find the token of a local stack when it is initialized the next time. For a process with one
    /// thread that does anything.
    public static void set(SoftToken token) {
        token.environment().forEach(SoftTokenEnvironment::set);
    }

    @SuppressWarnings("restricted") // the evenroll script lets this program call natively
    private static void set(String name, String value) {
        var linker = Linker.nativeLinker();
        var setenv = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setenv"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (var arena = Arena.ofConfined()) {
            var status = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
            if (status != 0) {
                throw new IllegalStateException("The environment variable " + name + " could not be set.");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("setenv can not be called on this platform.", e);
        }
    }
}
