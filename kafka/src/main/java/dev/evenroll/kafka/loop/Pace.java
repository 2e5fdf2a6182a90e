package dev.evenroll.kafka.loop;

import java.time.Duration;

/// How much of its topics a [TransactionalLoop] makes one transaction of. A transaction costs the broker about 7 ms
/// of CPU, whatever is in it (docs/adr/0003).
///
/// Under load the loop waits longer for the next one: five milliseconds for each record of the last. Below 200 records
/// a second that stays what it is at rest; above, each transaction is larger than the one before, up to the longest
/// wait. A full one is followed at once: there is more than fits.
///
/// @param mostRecords so many records at most
/// @param recordsAtOnce so many of them are unpacked at a time, each as large as its topic allows
/// @param betweenCommits at least this long from the begin of one transaction to that of the next
/// @param betweenCommitsUnderLoad no longer than this because of the load
public record Pace(int mostRecords, int recordsAtOnce, Duration betweenCommits, Duration betweenCommitsUnderLoad) {

    /// A device waits for what the loop does. A batch is small: with 50 ms a record, a slow HSM's worst, it still ends
    /// well before the transaction's time-out.
    public static final Pace WAITED_FOR = new Pace(100, 100, Duration.ofMillis(5), Duration.ofMillis(100));

    /// A device waits, and each record is a transaction of its own: it is large, or takes long.
    public static final Pace ONE_BY_ONE = new Pace(1, 1, WAITED_FOR.betweenCommits(), WAITED_FOR.betweenCommits());

    /// How often each of those that work at a time comes round in a transaction.
    private static final int ROUNDS = 16;

    /// A device waits, and several records are transformed at a time: enough of them that all are busy for most of the
    /// time, and a slow HSM needs no longer for a batch than when it signs one by one.
    ///
    /// @param parallelism of the loop
    public static Pace waitedFor(int parallelism) {
        int records = Math.max(WAITED_FOR.mostRecords(), ROUNDS * parallelism);
        return new Pace(records, records, WAITED_FOR.betweenCommits(), WAITED_FOR.betweenCommitsUnderLoad());
    }

    /// Nobody waits, and everything that happens anywhere is read: few transactions, and large ones under load. What
    /// the gateway writes is read too, and may have been made by its thief to be large once it is unpacked.
    public static final Pace IN_THE_BACKGROUND = new Pace(2_000, 10, Duration.ofMillis(100), Duration.ofMillis(500));

    private static final Duration FOR_EACH_RECORD = Duration.ofMillis(5);

    public Pace {
        if (recordsAtOnce < 1 || mostRecords < recordsAtOnce) {
            throw new IllegalArgumentException("recordsAtOnce: is " + recordsAtOnce + " of " + mostRecords
                    + "; a transaction needs a record, and no more than it may have");
        }
        if (betweenCommitsUnderLoad.compareTo(betweenCommits) < 0) {
            throw new IllegalArgumentException("betweenCommitsUnderLoad: is " + betweenCommitsUnderLoad
                    + "; it can not be shorter than the " + betweenCommits + " at rest");
        }
    }

    /// The same, with fewer records unpacked at a time: for a topic on which others write, whose thief may have made
    /// each
    /// as large as the topic allows.
    public Pace unpacking(int recordsAtOnce) {
        return new Pace(mostRecords, recordsAtOnce, betweenCommits, betweenCommitsUnderLoad);
    }

    /// From the begin of a transaction to that of the next.
    ///
    /// @param records that the transaction had
    Duration after(int records) {
        if (records >= mostRecords) {
            return betweenCommits;
        }
        var wished = FOR_EACH_RECORD.multipliedBy(records);
        if (wished.compareTo(betweenCommits) < 0) {
            return betweenCommits;
        }
        return wished.compareTo(betweenCommitsUnderLoad) < 0 ? wished : betweenCommitsUnderLoad;
    }
}
