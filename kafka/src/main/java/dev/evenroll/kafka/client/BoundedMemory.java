package dev.evenroll.kafka.client;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/// One limit for the native memory of all stores of a process.
///
/// By default each store takes a block cache of 50 MiB and write buffers of its own; a service has a store for each
/// partition, so dozens. Here they share one cache, in which the write buffers are counted too (Kafka Streams, memory
/// management).
public final class BoundedMemory implements RocksDBConfigSetter {

    private static final long ALL_BYTES = 128L * 1024 * 1024;
    private static final long WRITE_BUFFERS_BYTES = 48L * 1024 * 1024;
    private static final long WRITE_BUFFER_BYTES = 4L * 1024 * 1024;
    private static final int NO_SHARD_BITS_GIVEN = -1;
    private static final boolean WAIT_RATHER_THAN_EXCEED = false;
    private static final double FOR_INDEX_AND_FILTER = 0.1;

    static {
        RocksDB.loadLibrary();
    }

    /// Shared by all stores, so closed by none: they live as long as the process.
    private static final Cache CACHE =
            new LRUCache(ALL_BYTES, NO_SHARD_BITS_GIVEN, WAIT_RATHER_THAN_EXCEED, FOR_INDEX_AND_FILTER);

    private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFERS_BYTES, CACHE);

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> settings) {
        var table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setWriteBufferManager(WRITE_BUFFERS);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(2);
        options.setTableFormatConfig(table);
    }

    @Override
    public void close(String storeName, Options options) {
        // Cache and write buffers are shared.
    }
}
