package dev.evenroll.validator.streams;

import dev.evenroll.validator.validation.Authority;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/// The registration authorities: the global store `registration-authority`, read by every task. Owner: the
/// global thread.
final class AuthorityStore {

    private final KeyValueStore<String, byte[]> store;
    private final String environment;

    AuthorityStore(ProcessorContext<?, ?> context, String environment) {
        this.store = context.getStateStore(StoreNames.REGISTRATION_AUTHORITY);
        this.environment = environment;
    }

    /// The authority with certificates of this CN; empty also when the entry can not be read, or is of a
    /// kind that this version does not know: it may do nothing then.
    Optional<Authority> find(String name) {
        return AuthorityRecords.read(name, store.get(name), environment).map(AuthorityRecords::authority);
    }
}
