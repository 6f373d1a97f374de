package org.juniteval.engine.cache;

import static org.juniteval.engine.cache.Keys.key;
import static org.juniteval.engine.cache.Keys.payload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** What the tests run in other JVMs. */
final class Programs {

    private Programs() {}

    /** Stores entries of many sizes by four threads until it is killed; prints each number, and a full stop, then. */
    static final class Writer {

        public static void main(String[] args) {
            var store = FileStore.open(Path.of(args[0]));
            var next = new AtomicInteger(Integer.parseInt(args[1]));
            for (int thread = 0; thread < 4; thread++) {
                new Thread(() -> {
                            while (true) {
                                int i = next.getAndIncrement();
                                store.put(key("" + i), payload(answer(i)));
                                print(i + ".");
                            }
                        })
                        .start();
            }
        }

        static String answer(int i) {
            return (i + " ").repeat(1 + i * 7919 % 20_000);
        }
    }

    /** Looks one entry up, stores it anew, and looks it up again. */
    static final class Reader {

        public static void main(String[] args) {
            try (var store = FileStore.open(Path.of(args[0]))) {
                print(store.get(key(args[1])).getClass().getSimpleName());
                store.put(key(args[1]), payload("Lima"));
                print(store.get(key(args[1])).getClass().getSimpleName());
                store.warnings().forEach(Programs::print);
            }
        }
    }

    /** Takes one lease and holds it until it is killed, or until its input ends. */
    static final class Holder {

        public static void main(String[] args) throws IOException {
            try (var store = FileStore.open(Path.of(args[0]))) {
                var lease = store.lease(key(args[1]));
                print(lease.isPresent() ? "held" : "busy");
                if (System.in.read() == -1) {
                    lease.ifPresent(Lease::close);
                }
            }
        }
    }

    /** Pays for as many samples as nobody else pays for, as a run does it, and prints what it paid for. */
    static final class Payer {

        public static void main(String[] args) {
            try (var store = FileStore.open(Path.of(args[0]))) {
                print("ready");
                pay(store, Integer.parseInt(args[1]), Integer.parseInt(args[2]), Programs::print);
                store.warnings().forEach(Programs::print);
            }
        }

        /** Beginning at some sample, so that not all begin at the same one. */
        static void pay(Store store, int samples, int first, Consumer<Object> paid) {
            var queue = new ArrayDeque<EntryKey>();
            IntStream.range(0, samples).forEach(i -> queue.add(key("" + (first + i) % samples)));
            while (!queue.isEmpty()) {
                var key = queue.remove();
                if (store.get(key) instanceof Lookup.Hit) {
                    continue;
                }
                var lease = store.lease(key);
                if (lease.isEmpty()) {
                    queue.add(key);
                    continue;
                }
                if (!(store.get(key) instanceof Lookup.Hit)) {
                    paid.accept(key.part());
                    store.put(key, payload("answer"));
                }
                lease.get().close();
            }
        }
    }

    /** Stores one small and one large answer and prints what became of them. */
    static final class TwoAnswers {

        public static void main(String[] args) {
            try (var store = FileStore.open(Path.of(args[0]))) {
                store.put(key("small"), payload("x"));
                store.put(key("large"), payload("x".repeat(1 << 20)));
                print(store.get(key("small")).getClass().getSimpleName());
                print(store.get(key("large")).getClass().getSimpleName());
                store.warnings().forEach(Programs::print);
            }
        }
    }

    private static synchronized void print(Object line) {
        System.out.println(line);
        System.out.flush();
    }
}
