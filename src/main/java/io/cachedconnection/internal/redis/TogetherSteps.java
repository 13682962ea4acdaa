package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.Claim;
import io.cachedconnection.internal.core.Entry;
import io.cachedconnection.internal.core.Grant;
import java.time.Duration;

/** Both fences on one server, which looks at them in one script. */
final class TogetherSteps implements LeaseSteps {

    private final ScriptRunner scripts;
    private final ScriptRunner ofWrites;

    TogetherSteps(ScriptRunner scripts) {
        this.scripts = scripts;
        this.ofWrites = scripts.ofWrites();
    }

    @Override
    public Grant acquire(CacheKey key, Claim claim, long nanos) {
        return Replies.grant(scripts.reply(
                Script.ACQUIRE,
                key,
                nanos,
                claim.token(),
                Times.micros(claim.settle()),
                Times.micros(claim.lease()),
                Entry.MOST_BYTES));
    }

    @Override
    public boolean endWith(CacheKey key, String write, Duration settle, Entry entry, long nanos) {
        return ofWrites.yes(
                Script.END_WITH, key, nanos, write, entry.payload(), Times.millis(entry.life()), Times.micros(settle));
    }
}
