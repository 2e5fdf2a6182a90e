package dev.evenroll.cli.est;

import java.io.IOException;

/// The server answered something that a charger in the field does not take. The message completes the sentence
/// "The server ...".
public final class WireException extends IOException {
    WireException(String message) {
        super(message);
    }
}
