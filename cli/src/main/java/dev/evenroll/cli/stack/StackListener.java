package dev.evenroll.cli.stack;

import dev.evenroll.cli.process.SupervisionListener;
import java.time.Duration;

/// Is told how a stack comes up, lives and goes down.
public interface StackListener extends SupervisionListener {

    /// A step of the start or the stop begins: "starting the broker".
    void began(String step);

    /// How far the step that began has come.
    void progressed(String what);

    /// The step that began is over.
    void finished(String step, Duration took);

    /// Something a person should know: a port that changed, a certificate that was renewed.
    void note(String message);
}
