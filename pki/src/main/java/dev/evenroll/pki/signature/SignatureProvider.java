package dev.evenroll.pki.signature;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Provider;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who computes signatures in software on this machine: a native library where it loads, Java where it does not.
///
/// Native is the Amazon Corretto Crypto Provider (AWS-LC), three to five times as fast as Bouncy Castle and more than
/// the
/// JDK (docs/adr/0026). It unpacks its library into the directory `java.io.tmpdir`. It is named at each call, never
/// installed: `Security.addProvider` would change what TLS uses.
public final class SignatureProvider {
    /// The system property that leaves the native library alone when it is `java`: for a process that ends before the
    /// loading has paid, and for an operator who does not want it.
    private static final String PROPERTY = "evenroll.signatures";

    private static final String JAVA = "java";

    static final SignatureProvider IN_JAVA = new SignatureProvider(
            null,
            "Signatures are computed in Java, since " + PROPERTY + "=" + JAVA + "; that takes several times as long.");

    private static final SignatureProvider PRESENT = load();

    private final @Nullable Provider nativeProvider;
    private final @Nullable String problem;

    private SignatureProvider(@Nullable Provider nativeProvider, @Nullable String problem) {
        this.nativeProvider = nativeProvider;
        this.problem = problem;
    }

    /// That of this process, found out at the first use.
    public static SignatureProvider present() {
        return PRESENT;
    }

    private static SignatureProvider load() {
        if (JAVA.equals(System.getProperty(PROPERTY))) {
            return IN_JAVA;
        }
        try {
            Throwable failure = AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError();
            return failure == null
                    ? new SignatureProvider(AmazonCorrettoCryptoProvider.INSTANCE, null)
                    : inJava(failure);
        } catch (LinkageError e) {
            // Its classes can not be initialised.
            return inJava(e);
        }
    }

    private static SignatureProvider inJava(Throwable failure) {
        return new SignatureProvider(
                null,
                "The native library of the Amazon Corretto Crypto Provider does not load, so signatures are computed in "
                        + "Java and take several times as long (" + failure + "); run on Linux x86_64 or aarch64 with "
                        + "what was built for that platform, and with a java.io.tmpdir that libraries may be loaded from.");
    }

    /// Its name, for the log and for health.
    public String description() {
        return nativeProvider == null
                ? "Bouncy Castle and the JDK, in Java"
                : nativeProvider.getName() + " " + nativeProvider.getVersionStr();
    }

    /// Why signatures take longer here than they could; empty when they do not.
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Nullable
    Provider nativeProvider() {
        return nativeProvider;
    }
}
