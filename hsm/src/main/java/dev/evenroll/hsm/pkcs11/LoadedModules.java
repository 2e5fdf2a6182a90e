package dev.evenroll.hsm.pkcs11;

import dev.evenroll.hsm.key.UnusableKeystoreException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The PKCS#11 libraries of this process: each is loaded once, on a platform whose layouts are known.
///
/// A library is process-global and never unloaded: some do not survive that.
@SuppressWarnings("restricted") // to load native code is what this class is for
final class LoadedModules {

    private static final Set<String> ARCHITECTURES = Set.of("amd64", "x86_64", "aarch64");

    private static final Map<Path, Cryptoki> MODULES = new ConcurrentHashMap<>();

    private LoadedModules() {}

    /// Loads a library, once for the process.
    ///
    /// @throws UnusableKeystoreException when it is none, or this platform is not known
    static Cryptoki load(Path module) throws UnusableKeystoreException {
        requirePlatform(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        if (!Files.isRegularFile(module)) {
            throw new UnusableKeystoreException(
                    "The PKCS#11 module " + module + " is not a file; install the token's library, or correct the path "
                            + "in the configuration.",
                    null);
        }
        var loaded = MODULES.get(module.toAbsolutePath());
        if (loaded != null) {
            return loaded;
        }
        try {
            var entry = SymbolLookup.libraryLookup(module, Arena.global())
                    .find("C_GetFunctionList")
                    .orElseThrow(() -> new UnusableKeystoreException(
                            "The library " + module + " has no C_GetFunctionList, so it is no PKCS#11 module; give the "
                                    + "path of the token's PKCS#11 library.",
                            null));
            var cryptoki = new Cryptoki(FunctionList.of(entry));
            var other = MODULES.putIfAbsent(module.toAbsolutePath(), cryptoki);
            return other == null ? cryptoki : other;
        } catch (IllegalArgumentException e) {
            throw new UnusableKeystoreException(
                    "The PKCS#11 module " + module + " does not load; give the path of the token's PKCS#11 library for "
                            + "this platform, and install what it needs (ldd says that).",
                    e);
        } catch (CryptokiException e) {
            throw new UnusableKeystoreException(
                    "The PKCS#11 module " + module + " gives no list of functions: " + e.getMessage()
                            + "; install the token's library again.",
                    e);
        }
    }

    static void requirePlatform(String system, String architecture) throws UnusableKeystoreException {
        if (!system.equals("Linux") || !ARCHITECTURES.contains(architecture)) {
            throw new UnusableKeystoreException(
                    "PKCS#11 is offered on Linux x86_64 and aarch64 only, and this is " + system + " " + architecture
                            + "; run the issuer there, or use a key in a file.",
                    null);
        }
    }
}
