package io.cachedconnection.internal.core;

import io.cachedconnection.testing.MapStores;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.Settings;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;

/**
 * A row in a store that is read by way of a near cache, and changed by writers who are told that they are done when their
 * change has been announced. Whoever reads after that must not see less. A read tells whether that was so.
 */
public class NearRow {

    private static final KeySpace SPACE = KeySpace.of("c", "");
    private static final CacheKey KEY = SPACE.key("1");
    private static final Set<String> PREFIXES = Set.of("c:");
    private static final NearSettings SETTINGS = new NearSettings(true, 10, Duration.ofDays(1));

    private final AtomicInteger row = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger(); // the last version whose writer was told
    private final NearCache near;
    private final Plan<Integer> plan;
    private final Listening listening;
    private final boolean isHasty;

    public NearRow() {
        this(false);
    }

    /** If {@code isHasty}, it is only looked what has been heard when the reply is there. */
    NearRow(boolean isHasty) {
        this.isHasty = isHasty;
        listening = new Listening(new NotedEvents(), SETTINGS::maxStaleness, () -> 0);
        listening.want("c:", 10);
        near = new NearCache(new MapStores().holding(10), () -> SETTINGS, listening, () -> 0);
        plan = new Plan<>(
                new Cache("c", Settings::cache, new CacheCounters(), near),
                new VersionCodec(),
                Wrapping.none(),
                TtlChoice.annotated(null));
        listening.began(PREFIXES, 0);
    }

    @Operation
    public boolean read() throws UnreadableValueException {
        int least = done.get();
        Answer<Integer> answer = near.find(plan, KEY);
        return (answer == null ? found() : answer.value()) >= least;
    }

    private int found() throws UnreadableValueException {
        Ticket before = isHasty ? null : near.ticket(KEY);
        int version = row.get();
        Ticket ticket = isHasty ? near.ticket(KEY) : before;
        if (ticket != null) {
            near.put(plan, KEY, ticket, new Entry(plan.encoded(version), Duration.ofDays(1)), version);
        }
        return version;
    }

    private void change(Runnable announcement) {
        int version = row.incrementAndGet();
        announcement.run();
        done.accumulateAndGet(version, Math::max);
    }

    @Operation
    public void write() {
        change(() -> listening.changed(KEY.text()));
    }

    @Operation
    public void flush() {
        change(listening::allChanged);
    }

    @Operation
    public void evictAll() {
        change(near::forget);
    }

    /** The feed is one, so its beginnings and ends come one after the other. */
    @Operation(nonParallelGroup = "feed")
    public void gap() {
        listening.lost();
        change(() -> {});
        listening.began(PREFIXES, 0);
    }

    /** Another cache is opened, for which there are new counters. */
    @Operation(nonParallelGroup = "feed")
    public void open() {
        listening.want("c:", 10);
        listening.began(PREFIXES, 0);
    }

    @Operation
    public void sweep() {
        near.sweep();
    }
}
