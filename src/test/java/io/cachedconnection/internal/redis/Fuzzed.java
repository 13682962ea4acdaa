package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Something of the library that is worked with while replies come to harm. Thread-safe. */
interface Fuzzed extends AutoCloseable {

    /** How long a call may take. */
    long NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    KeySpace SPACE = KeySpace.of("fuzz", "");

    static EntryKey key(int key) {
        return SPACE.key(String.valueOf(key));
    }

    /** Does one thing, on the thread {@code number}. What it throws must not be. */
    void step(int number, Random random) throws Exception;

    @Override
    void close();
}
