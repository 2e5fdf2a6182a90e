package dev.evenroll.revocation.streams;

import dev.evenroll.revocation.life.CertificateLife;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// Tells devices of the certificates that were entered before there was an inventory of devices: once, a slice at a
/// time. Those that are revoked are left out, since nothing follows for them.
///
/// Store `inventory-steps`: the key of this step is there when it is done.
final class FormerEntries {

    static final Duration PAUSE = Duration.ofMillis(200);
    static final int SLICE = 1_000;

    private static final String STEP = "devices-know-their-certificates";
    private static final byte[] DONE = "done".getBytes(StandardCharsets.UTF_8);

    private final CertificateTask task;
    private final KeyValueStore<String, byte[]> certificates;
    private final KeyValueStore<String, byte[]> steps;
    private @Nullable Cancellable timer;
    private String begin = "";

    private FormerEntries(ProcessorContext<String, Emission> context, CertificateTask task) {
        this.task = task;
        this.certificates = context.getStateStore(RevocationTopology.CERTIFICATE_BY_ID);
        this.steps = context.getStateStore(RevocationTopology.INVENTORY_STEPS);
    }

    /// Begins where that was not done yet.
    static void tell(ProcessorContext<String, Emission> context, CertificateTask task) {
        var former = new FormerEntries(context, task);
        if (former.steps.get(STEP) == null) {
            former.timer = context.schedule(PAUSE, PunctuationType.WALL_CLOCK_TIME, former::slice);
        }
    }

    private void slice(long timestamp) {
        var lives = new ArrayList<CertificateLife>();
        boolean more;
        try (var entries = certificates.range(begin, null)) {
            while (entries.hasNext() && lives.size() < SLICE) {
                lives.add(Lives.decode(entries.next().value));
            }
            more = entries.hasNext();
            begin = more ? entries.peekNextKey() : "";
        }
        lives.stream()
                .filter(life -> !(life instanceof CertificateLife.Revoked))
                .forEach(life -> task.tellDevice(life.inService(), Optional.empty(), false, timestamp));
        if (!more) {
            steps.put(STEP, DONE);
            if (timer != null) {
                timer.cancel();
            }
        }
    }
}
