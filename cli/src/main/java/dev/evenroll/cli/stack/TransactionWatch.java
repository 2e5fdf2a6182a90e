package dev.evenroll.cli.stack;

import dev.evenroll.cli.broker.Broker;
import dev.evenroll.cli.broker.HangingTransactions;
import dev.evenroll.cli.files.PropertiesFile;
import dev.evenroll.cli.process.Supervised;
import dev.evenroll.cli.process.SupervisionListener;
import dev.evenroll.cli.trust.TrustFiles;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/// Ends the transactions that a broker which died has left hanging: see [HangingTransactions]. After a recovery of the
/// broker it looks for them a few times, while the services work: at those only that are older than any transaction
/// may become. Tells its listener what it hears, as [dev.evenroll.cli.process.Supervisor] tells it.
final class TransactionWatch implements SupervisionListener, AutoCloseable {

    /// More than `transaction.max.timeout.ms` of the broker and the interval in which it looks for what is too old.
    private static final Duration OLDEST = Duration.ofSeconds(25);

    private static final int LOOKS = 3;

    private final DataDirectory data;
    private final StackListener listener;
    private final InstantSource clock;
    private @Nullable Thread watching;

    TransactionWatch(DataDirectory data, StackListener listener, InstantSource clock) {
        this.data = data;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public void died(Supervised process, Supervised.Exit exit) {
        listener.died(process, exit);
    }

    @Override
    public void recovered(Supervised process, Duration since) {
        listener.recovered(process, since);
        if (process instanceof Broker) {
            begin();
        }
    }

    /// Looks from now on, for a while. The broker has died, and is ready again.
    synchronized void begin() {
        close();
        watching = Thread.ofVirtual().name("transaction-watch").start(this::watch);
    }

    private void watch() {
        try {
            for (int look = 0; look < LOOKS; look++) {
                Thread.sleep(OLDEST);
                try (var admin = admin()) {
                    tell(new HangingTransactions(admin)
                            .abortOlderThan(clock.instant().minus(OLDEST)));
                }
            }
        } catch (IOException failed) {
            listener.note("Transactions that hang were not looked for: " + failed.getMessage());
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// Looks once, before anything else than the broker runs.
    void lookFirst(Admin admin) throws IOException, InterruptedException {
        tell(new HangingTransactions(admin).abort());
    }

    private Admin admin() throws IOException {
        return Admin.create(PropertiesFile.read(data.kafkaClient(TrustFiles.PROVISIONER)));
    }

    private void tell(List<String> aborted) {
        if (!aborted.isEmpty()) {
            listener.note("Aborted what a broker that died had left open: " + String.join(", ", aborted) + ".");
        }
    }

    @Override
    public synchronized void close() {
        if (watching != null) {
            watching.interrupt();
        }
    }
}
