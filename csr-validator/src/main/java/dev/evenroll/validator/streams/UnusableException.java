package dev.evenroll.validator.streams;

/// A well-formed record that may not stand on its topic. The message says why, in a sentence.
final class UnusableException extends Exception {

    UnusableException(String message) {
        super(message);
    }
}
