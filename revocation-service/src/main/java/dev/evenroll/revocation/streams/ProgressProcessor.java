package dev.evenroll.revocation.streams;

import dev.evenroll.revocation.life.CertificateLife;
import dev.evenroll.revocation.life.CertificateLife.InService;
import dev.evenroll.schemas.state.CertificateProgressed;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Enters what has become of certificates by what their devices did, and by time. What was withdrawn meanwhile stays as
/// it is.
final class ProgressProcessor extends ContextualProcessor<String, byte @Nullable [], String, Emission> {

    private final Intake<CertificateProgressed> intake;
    private final String environment;
    private final MeterRegistry metrics;
    private @Nullable CertificateTask task;

    ProgressProcessor(Intake<CertificateProgressed> intake, String environment, MeterRegistry metrics) {
        this.intake = intake;
        this.environment = environment;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<String, Emission> context) {
        super.init(context);
        task = new CertificateTask(context, environment);
    }

    @Override
    public void process(Record<String, byte @Nullable []> source) {
        var certificates = RevocationTopology.opened(task);
        intake.decode(source, context())
                .ifPresent(event -> certificates
                        .find(event.getCertificateId())
                        .flatMap(life -> progress(life, event))
                        .ifPresent(changed -> {
                            metrics.counter(
                                            "evenroll.certificates",
                                            "state",
                                            event.getState().name().toLowerCase(Locale.ROOT))
                                    .increment();
                            certificates.put(changed, source.timestamp());
                        }));
    }

    private static Optional<? extends CertificateLife> progress(CertificateLife life, CertificateProgressed event) {
        Instant at = event.getOccurredAt();
        return switch (event.getState()) {
            case INSTALLED -> within(life, standing -> standing.install(at));
            case SUPERSEDED -> within(life, standing -> standing.supersede(at));
            case EXPIRED -> life.expire();
            case UNKNOWN, ISSUED, ON_HOLD, REVOKED ->
                throw new IllegalStateException("made by " + DeviceTask.class.getSimpleName() + " as "
                        + event.getState() + "; a device does not make that of a certificate");
        };
    }

    /// Under a hold, life goes on.
    private static Optional<? extends CertificateLife> within(
            CertificateLife life, Function<InService, Optional<InService>> change) {
        return switch (life) {
            case InService standing -> change.apply(standing);
            case CertificateLife.OnHold(var standing, var heldAt) ->
                change.apply(standing).map(changed -> new CertificateLife.OnHold(changed, heldAt));
            case CertificateLife.Expired _, CertificateLife.Revoked _ -> Optional.empty();
        };
    }
}
