package dev.evenroll.validator.streams;

import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/// A partition of a store as interactive queries see it: sorted by key, ranges with both ends.
final class SortedStore<V> implements ReadOnlyKeyValueStore<String, V> {

    private final NavigableMap<String, V> entries = new TreeMap<>();

    void put(String key, V value) {
        entries.put(key, value);
    }

    @Override
    public @Nullable V get(String key) {
        return entries.get(key);
    }

    @Override
    public KeyValueIterator<String, V> range(@Nullable String from, @Nullable String to) {
        var tail = from == null ? entries : entries.tailMap(from, true);
        return iterator(to == null ? tail : tail.headMap(to, true));
    }

    @Override
    public KeyValueIterator<String, V> all() {
        return iterator(entries);
    }

    @Override
    public long approximateNumEntries() {
        return entries.size();
    }

    private static <V> KeyValueIterator<String, V> iterator(Map<String, V> map) {
        Iterator<Map.Entry<String, V>> all = map.entrySet().iterator();
        return new KeyValueIterator<>() {

            @Override
            public void close() {}

            @Override
            public String peekNextKey() {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public KeyValue<String, V> next() {
                var entry = all.next();
                return KeyValue.pair(entry.getKey(), entry.getValue());
            }
        };
    }
}
