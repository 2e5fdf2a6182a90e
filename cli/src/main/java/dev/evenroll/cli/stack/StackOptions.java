package dev.evenroll.cli.stack;

import dev.evenroll.cli.trust.CaKey;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one start of a local stack was asked for.
///
/// @param dataDirectory where everything is kept; made when it is not there
/// @param environment that the data belongs to; null: the one it was made for, at first `test`
/// @param ports that were asked for; the others are those of the start before, or free ones
/// @param names by which devices on other machines call this one; none: only this machine is served
/// @param caKey where the key of the issuing CA is kept; null: where it was made, at first in a token where SoftHSM2 is
///     installed
/// @param compilation what the JVMs compile for
/// @param flags further JVM flags of services: a debugger's, an agent's
public record StackOptions(
        Path dataDirectory,
        @Nullable String environment,
        Map<Port, Integer> ports,
        List<String> names,
        @Nullable CaKey caKey,
        Compilation compilation,
        Map<Service, List<String>> flags) {

    public StackOptions {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        ports = Map.copyOf(ports);
        names = List.copyOf(names);
        flags = Map.copyOf(flags);
    }

    /// Everything as it was at the start before, or as it comes.
    public static StackOptions in(Path dataDirectory) {
        return new StackOptions(dataDirectory, null, Map.of(), List.of(), null, Compilation.QUICK_START, Map.of());
    }

    /// The same, with further JVM flags of one service.
    public StackOptions with(Service service, List<String> more) {
        var all = new EnumMap<Service, List<String>>(Service.class);
        all.putAll(flags);
        all.put(service, List.copyOf(more));
        return new StackOptions(dataDirectory, environment, ports, names, caKey, compilation, all);
    }

    /// The same, compiled for something else.
    public StackOptions compiledFor(Compilation other) {
        return new StackOptions(dataDirectory, environment, ports, names, caKey, other, flags);
    }

    /// The same, with the key of the issuing CA kept somewhere else. Counts when that CA is made.
    public StackOptions keeping(CaKey kept) {
        return new StackOptions(dataDirectory, environment, ports, names, kept, compilation, flags);
    }

    List<String> flags(Service service) {
        return flags.getOrDefault(service, List.of());
    }
}
