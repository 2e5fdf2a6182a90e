package dev.evenroll.kafka.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Readers and a stream thread, which is the thread of the test.
class CommitsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Commits commits = new Commits();
    private final Commits.Part part = commits.begun("devices", 3);
    private final AtomicReference<String> store = new AtomicReference<>("registered");

    @Test
    void whatNobodyChangesIsAnsweredAtOnce() throws Exception {
        assertThat(read(3, Duration.ZERO)).isEqualTo("registered");
    }

    @Test
    void aChangeIsAnsweredOnceItIsCommitted() {
        change("suspended");
        var reader = new Reader(3);
        reader.awaitWaiting();
        commits.committed();
        assertThat(reader.answer()).isEqualTo("suspended");
    }

    @Test
    void aChangeThatIsNotCommittedInTimeIsNotAnswered() {
        change("suspended");
        assertThatThrownBy(() -> read(3, Duration.ofMillis(1)))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("What partition 3 of devices holds is not committed in time.");
    }

    @Test
    void otherPartitionsAndStoresAreNotWaitedFor() throws Exception {
        change("suspended");
        assertThat(read(4, Duration.ZERO)).isEqualTo("suspended");
        assertThat(commits.read("keys", store::get, _ -> Set.of(3), Duration.ZERO))
                .isEqualTo("suspended");
    }

    /// Under load there is always a transaction open.
    @Test
    void theNextTransactionIsNotWaitedFor() {
        change("suspended");
        var reader = new Reader(3);
        reader.awaitWaiting();
        commits.committed();
        change("resumed");
        assertThat(reader.answer()).isEqualTo("suspended");
    }

    @Test
    void whatIsUndoneIsNotAnswered() {
        change("suspended");
        var before = new Reader(3);
        before.awaitWaiting();
        commits.aborted();
        // The store is still open, with what has just been undone.
        var after = new Reader(3);
        after.awaitWaiting();
        before.awaitWaiting();
        store.set("registered");
        commits.begun("devices", 3);
        assertThat(before.answer()).isEqualTo("registered");
        assertThat(after.answer()).isEqualTo("registered");
    }

    @Test
    void anotherTransactionSettlesNothingThatWasUndone() {
        change("suspended");
        commits.aborted();
        commits.begun("devices", 4).changing();
        commits.committed();
        assertThatThrownBy(() -> read(3, Duration.ofMillis(1))).isInstanceOf(TimeoutException.class);
    }

    @Test
    void noticesAreGivenWhenTheTransactionIsCommittedAndNotWhenItIsUndone() {
        var heard = new ArrayList<String>();
        commits.whenCommitted(() -> heard.add("first"));
        commits.whenCommitted(() -> heard.add("second"));
        assertThat(heard).isEmpty();
        commits.committed();
        assertThat(heard).containsExactly("first", "second");
        commits.whenCommitted(() -> heard.add("undone"));
        commits.aborted();
        commits.committed();
        assertThat(heard).isEqualTo(List.of("first", "second"));
    }

    @Test
    void aStreamThreadEndsItsOwnTransactionOnly() {
        change("suspended");
        CompletableFuture.runAsync(commits::committed).join();
        assertThatThrownBy(() -> read(3, Duration.ofMillis(1))).isInstanceOf(TimeoutException.class);
    }

    private void change(String value) {
        part.changing();
        store.set(value);
    }

    private String read(int partition, Duration limit) throws TimeoutException, InterruptedException {
        return commits.read("devices", store::get, _ -> Set.of(partition), limit);
    }

    private final class Reader {

        private final CompletableFuture<String> answer = new CompletableFuture<>();
        private final Thread thread;

        Reader(int partition) {
            this.thread = Thread.ofPlatform().daemon().start(() -> {
                try {
                    answer.complete(read(partition, LONG));
                } catch (TimeoutException | InterruptedException e) {
                    answer.completeExceptionally(e);
                }
            });
        }

        void awaitWaiting() {
            Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        }

        String answer() {
            return answer.orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join();
        }
    }
}
