package dev.evenroll.kafka.provision;

import org.jspecify.annotations.Nullable;

/// The broker could not be brought to what the table of topics says; the message tells what to do.
public final class ProvisioningException extends Exception {

    ProvisioningException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
