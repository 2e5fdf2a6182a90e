package dev.evenroll.validator.streams;

import dev.evenroll.validator.authority.AuthorityDirectory;
import dev.evenroll.validator.authority.AuthorityEntry;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/// The registration authorities by interactive queries of the global store. What is
/// read from its topic is committed.
public final class AuthorityQueries implements AuthorityDirectory {

    private final KafkaStreams streams;
    private final String environment;

    public AuthorityQueries(KafkaStreams streams, String environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Optional<AuthorityEntry> find(String name) throws RegistryUnavailableException {
        try {
            return AuthorityRecords.read(name, store().get(name), environment).map(AuthorityRecords::entry);
        } catch (InvalidStateStoreException e) {
            throw PartitionedStore.unavailable(e);
        }
    }

    @Override
    public List<AuthorityEntry> list() throws RegistryUnavailableException {
        try (var all = store().all()) {
            var entries = new ArrayList<AuthorityEntry>();
            all.forEachRemaining(record -> AuthorityRecords.read(record.key, record.value, environment)
                    .map(AuthorityRecords::entry)
                    .ifPresent(entries::add));
            entries.sort(Comparator.comparing(AuthorityEntry::name));
            return List.copyOf(entries);
        } catch (InvalidStateStoreException e) {
            throw PartitionedStore.unavailable(e);
        }
    }

    private ReadOnlyKeyValueStore<String, byte[]> store() {
        return streams.store(StoreQueryParameters.fromNameAndType(
                StoreNames.REGISTRATION_AUTHORITY, QueryableStoreTypes.<String, byte[]>keyValueStore()));
    }
}
