package dev.evenroll.cli.rows;

/// A file that can not be a file of devices, or a state of an import that can not be taken up. The message is a
/// sentence that says what to do.
public final class UnusableFileException extends Exception {
    UnusableFileException(String message) {
        super(message);
    }
}
