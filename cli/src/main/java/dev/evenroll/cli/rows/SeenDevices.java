package dev.evenroll.cli.rows;

/// In which line of a file each device stands first. A device is known by 64 bits of a hash: 12 bytes a row at most
/// twice over, where a set of names would need a hundred. Among a million rows two devices share their hash with a
/// probability of 3 in 100 million; then the later one is reported with the line of the other, and can be registered
/// by itself.
///
/// Owned by one thread.
final class SeenDevices {

    private static final int FIRST_SIZE = 1 << 12;
    private static final long EMPTY = 0;

    private long[] hashes = new long[FIRST_SIZE];
    private int[] lines = new int[FIRST_SIZE];
    private int count;

    /// Enters a device; the line in which it stood before, or 0.
    long enter(String deviceId, long line) {
        if (2 * count >= hashes.length) {
            grow();
        }
        long hash = hash(deviceId);
        int slot = slot(hash);
        if (hashes[slot] == hash) {
            return Integer.toUnsignedLong(lines[slot]);
        }
        hashes[slot] = hash;
        lines[slot] = (int) line;
        count++;
        return 0;
    }

    private int slot(long hash) {
        int mask = hashes.length - 1;
        int slot = (int) (hash >>> 32) & mask;
        while (hashes[slot] != EMPTY && hashes[slot] != hash) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        var oldHashes = hashes;
        var oldLines = lines;
        hashes = new long[2 * oldHashes.length];
        lines = new int[2 * oldLines.length];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != EMPTY) {
                int slot = slot(oldHashes[i]);
                hashes[slot] = oldHashes[i];
                lines[slot] = oldLines[i];
            }
        }
    }

    /// FNV-1a of 64 bits, its bits mixed as MurmurHash3 ends: serial numbers that count up spread over the table.
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return hash == EMPTY ? 1 : hash;
    }
}
