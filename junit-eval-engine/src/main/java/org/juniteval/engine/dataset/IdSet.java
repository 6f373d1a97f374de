package org.juniteval.engine.dataset;

import java.util.Arrays;

/**
 * The ids of a dataset, each kept as a hash of 16 bytes and nothing else, so that a million rows take 16 MB whatever
 * their ids look like.
 */
public final class IdSet {

    /** Two words an id, sorted by them; an id that occurs twice stands here twice. */
    final long[] words;

    private IdSet(long[] words) {
        this.words = words;
    }

    /** Whether a row has this id. */
    public boolean contains(String id) {
        return indexOf(Key.of(id)) >= 0;
    }

    /** Whether several rows have this id. */
    boolean repeats(String id) {
        Key key = Key.of(id);
        int at = indexOf(key);
        return at >= 0 && (equal(at - 1, key) || equal(at + 1, key));
    }

    /** How many rows have an id that another row has had before. */
    int repetitions() {
        int repetitions = 0;
        for (int at = 1; at < size(); at++) {
            if (words[2 * at] == words[2 * at - 2] && words[2 * at + 1] == words[2 * at - 1]) {
                repetitions++;
            }
        }
        return repetitions;
    }

    int size() {
        return words.length / 2;
    }

    private int indexOf(Key key) {
        int low = 0;
        int high = size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(words[2 * middle], words[2 * middle + 1], key.high, key.low);
            if (order == 0) {
                return middle;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private boolean equal(int at, Key key) {
        return at >= 0 && at < size() && words[2 * at] == key.high && words[2 * at + 1] == key.low;
    }

    private static int compare(long high, long low, long otherHigh, long otherLow) {
        return high == otherHigh ? Long.compare(low, otherLow) : Long.compare(high, otherHigh);
    }

    private record Key(long high, long low) {

        /**
         * Two words that each character turns over as a whole, one of them by way of the other: a difference anywhere
         * goes into both and does not get lost. It need not hold against an attacker, who would gain a fault, and takes
         * a tenth of what SHA-256 does in a JVM that has just started. The multipliers are those of MurmurHash3.
         */
        static Key of(String id) {
            long high = id.length();
            long low = ~high;
            for (int i = 0; i < id.length(); i++) {
                char c = id.charAt(i);
                high = Long.rotateLeft(high ^ c * 0x87C37B91114253D5L, 31) * 0x4CF5AD432745937FL;
                low = (Long.rotateLeft(low + c, 29) ^ high) * 0xFF51AFD7ED558CCDL;
            }
            return new Key(mixed(high + low), mixed(low));
        }

        /** The last step of MurmurHash3: ids are sorted by their first bits, which are to be as good as the others. */
        private static long mixed(long word) {
            long mixed = (word ^ word >>> 33) * 0xFF51AFD7ED558CCDL;
            mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
            return mixed ^ mixed >>> 33;
        }
    }

    /** Collects ids in the order of the rows. */
    static final class Builder {

        private long[] words = new long[1024];
        private int length;

        void add(String id) {
            if (length == words.length) {
                words = Arrays.copyOf(words, Math.multiplyExact(words.length, 2));
            }
            Key key = Key.of(id);
            words[length++] = key.high;
            words[length++] = key.low;
        }

        /**
         * Sorts: the first bits of a hash tell about where it belongs, so one step takes each nearly there, and few steps
         * are left. {@link Arrays#sort} knows no pairs, and objects would cost several times the data.
         */
        IdSet build() {
            int size = length / 2;
            int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(size));
            int[] ends = new int[1 << bits];
            for (int at = 0; at < length; at += 2) {
                ends[bucket(words[at], bits)]++;
            }
            for (int bucket = 1; bucket < ends.length; bucket++) {
                ends[bucket] += ends[bucket - 1];
            }
            long[] sorted = new long[length];
            for (int at = 0; at < length; at += 2) {
                int to = 2 * --ends[bucket(words[at], bits)];
                sorted[to] = words[at];
                sorted[to + 1] = words[at + 1];
            }
            for (int at = 2; at < length; at += 2) {
                long high = sorted[at];
                long low = sorted[at + 1];
                int to = at;
                for (; to > 0 && compare(sorted[to - 2], sorted[to - 1], high, low) > 0; to -= 2) {
                    sorted[to] = sorted[to - 2];
                    sorted[to + 1] = sorted[to - 1];
                }
                sorted[to] = high;
                sorted[to + 1] = low;
            }
            return new IdSet(sorted);
        }

        /** In the order of signed numbers. */
        private static int bucket(long high, int bits) {
            return (int) ((high ^ Long.MIN_VALUE) >>> (Long.SIZE - bits));
        }
    }
}
