package dev.evenroll.validator.administration;

import dev.evenroll.validator.authority.AuthorityDirectory;
import dev.evenroll.validator.authority.AuthorityEntry;
import dev.evenroll.validator.authority.AuthorityLog;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// The registration authorities without Kafka.
@Singleton
public final class MemoryAuthorities implements AuthorityDirectory, AuthorityLog {

    private final ConcurrentNavigableMap<String, AuthorityEntry> entries = new ConcurrentSkipListMap<>();

    void clear() {
        entries.clear();
    }

    @Override
    public Optional<AuthorityEntry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    @Override
    public List<AuthorityEntry> list() {
        return List.copyOf(entries.values());
    }

    @Override
    public void append(AuthorityEntry entry) {
        entries.put(entry.name(), entry);
    }
}
