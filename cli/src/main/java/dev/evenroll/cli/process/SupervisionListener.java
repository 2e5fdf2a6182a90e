package dev.evenroll.cli.process;

import java.time.Duration;

/// Is told what happens to supervised processes, on the supervisor's threads.
public interface SupervisionListener {

    /// A process ended that nobody had asked to; it is started again.
    void died(Supervised process, Supervised.Exit exit);

    /// A process that had died is ready again.
    void recovered(Supervised process, Duration since);
}
