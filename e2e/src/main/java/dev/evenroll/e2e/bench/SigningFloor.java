package dev.evenroll.e2e.bench;

import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.issuance.SignatureScheme;
import dev.evenroll.pki.signature.SigningKey;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What no responder can do without when it signs: bare P-256 signatures over as many bytes as an answer has, by the
/// class and the provider that OCSP signs with, one thread for each core.
final class SigningFloor {

    private static final int ANSWER_BYTES = 200;

    private final SigningKey key;
    private final SignatureScheme scheme;

    private SigningFloor(SigningKey key, SignatureScheme scheme) {
        this.key = key;
        this.scheme = scheme;
    }

    /// With a key of its own.
    static SigningFloor prepare() throws GeneralSecurityException {
        var keys = Keys.generateP256();
        return new SigningFloor(SigningKey.of(keys.getPrivate()), SignatureScheme.of(keys.getPublic()));
    }

    /// Signatures per second.
    double perSecond(Duration time) throws GeneralSecurityException, InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        long end = System.nanoTime() + time.toNanos();
        try (var threads = Executors.newFixedThreadPool(cores)) {
            var parts = new ArrayList<Future<Long>>();
            for (int core = 0; core < cores; core++) {
                parts.add(threads.submit(() -> sign(end)));
            }
            long signatures = 0;
            for (var part : parts) {
                signatures += part.get();
            }
            return signatures / (time.toNanos() / 1e9);
        } catch (ExecutionException e) {
            throw new GeneralSecurityException("A key that was just made does not sign.", e);
        }
    }

    private long sign(long end) throws GeneralSecurityException {
        var bytes = new byte[ANSWER_BYTES];
        long signatures = 0;
        while (System.nanoTime() < end) {
            var _ = key.sign(scheme.algorithm(), bytes);
            signatures++;
        }
        return signatures;
    }
}
