package io.cachedconnection.history;

import io.cachedconnection.history.Event.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What the checker found. */
final class Report {

    private static final int SAMPLES = 20;

    /** All that a lookup may wait for comes to less than three seconds; the rest is for a busy machine. */
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(10);

    private final long start;
    private final Map<Kind, Integer> writes = new EnumMap<>(Kind.class);
    private final Map<Integer, Integer> coldLoads = new HashMap<>();
    private final List<String> samples = new ArrayList<>();
    private long lookups;
    private long loads;
    private long violations;
    private long uncommitted;
    private long threw;
    private long orphans;
    private long longestStale;
    private long longestWait;
    private long nearLookups;
    private long late;
    private long nearLongestStale;
    private long missedOwn;
    private long outlived;
    private long verified;
    private final Map<String, Integer> lies = new TreeMap<>();

    /** A report whose times count from {@code start}. */
    Report(long start) {
        this.start = start;
    }

    void write(Event event) {
        writes.merge(event.kind(), 1, Integer::sum);
    }

    void lookup(Event event) {
        lookups++;
        longestWait = Math.max(longestWait, event.nanos());
        if (event.kind() == Kind.NEAR_LOOKUP) {
            nearLookups++;
        }
    }

    /** A lookup was answered from the memory of its node with what was old for so long. */
    void late(long nanos) {
        late++;
        nearLongestStale = Math.max(nearLongestStale, nanos);
    }

    void load() {
        loads++;
    }

    void coldLoad(Event event) {
        coldLoads.merge(event.key(), 1, Integer::sum);
    }

    /** A write that was committed, but whose node died before it returned. */
    void orphan() {
        orphans++;
    }

    void stale(Event event, long least, long nanos) {
        violations++;
        longestStale = Math.max(longestStale, nanos);
        sample(
                "saw version " + event.row().version() + " instead of at least " + least + ", old since "
                        + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms",
                event);
    }

    /** A lookup was answered from the memory of its node, which had written the row itself. */
    void missedItsOwn(Event event, long least, long nanos) {
        missedOwn++;
        stale(event, least, nanos);
    }

    /** A lookup saw what should have been gone from Redis. */
    void outlived(Event event, long nanos) {
        outlived++;
        violations++;
        sample("saw what was over for " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms", event);
    }

    void uncommitted(Event event) {
        uncommitted++;
        sample("saw what was never committed", event);
    }

    void threw(Event event) {
        threw++;
        sample("threw", event);
    }

    private void sample(String text, Event event) {
        if (samples.size() < SAMPLES) {
            long at = TimeUnit.NANOSECONDS.toMillis(event.start() - start);
            samples.add(at + " ms: a " + event.kind() + " of row " + event.key() + " " + text);
        }
    }

    /** The first of what must not be. */
    List<String> samples() {
        return samples;
    }

    /** Whether nothing was found that must not be, in a run in which something could have been. */
    boolean isClean() {
        return violations == 0 && isCommittedOnly();
    }

    /** Whether nobody saw what was not committed, and no lookup failed or hung. */
    boolean isCommittedOnly() {
        boolean answered = threw == 0 && longestWait <= LONGEST_WAIT;
        return uncommitted == 0 && answered && lookups > 0 && writes.getOrDefault(Kind.COMMITTED, 0) > 0;
    }

    boolean hasViolations() {
        return violations + uncommitted > 0;
    }

    /** Whether any lookup was answered from the memory of its node. */
    boolean hasNearLookups() {
        return nearLookups > 0;
    }

    /** Whether one of those was later than {@code bound}. */
    boolean isNearLaterThan(Duration bound) {
        return nearLongestStale > bound.toNanos();
    }

    /** What the nodes had in their memory. */
    String nearDetails() {
        return "near lookups " + nearLookups + ", late " + late
                + " (within the bound where that is no violation); missed what" + " their own node had written "
                + missedOwn + "; outlived Redis " + outlived;
    }

    /** What the nodes found of themselves: how many hits they verified, and which keys lied how often. */
    void verification(long hits, Map<String, Integer> lying) {
        verified = hits;
        lies.putAll(lying);
    }

    boolean isVerified() {
        return verified > 0;
    }

    boolean hasLies() {
        return !lies.isEmpty();
    }

    String verificationDetails() {
        return "verified " + verified + " hits; lies " + lies;
    }

    String details() {
        long once = coldLoads.values().stream().filter(count -> count == 1).count();
        int most = coldLoads.values().stream().mapToInt(count -> count).max().orElse(0);
        return "writes " + writes + ", of dead nodes " + orphans + "; loads of hot rows " + loads + "; cold rows "
                + coldLoads.size() + ", loaded once " + once + ", most loads of one " + most + "; lookups that threw "
                + threw;
    }

    String line() {
        int written = writes.values().stream().mapToInt(count -> count).sum();
        return "lookups=%d writes=%d violations=%d uncommitted=%d longestStaleMs=%d maxWaitMs=%d nearLongestStaleMs=%d"
                .formatted(
                        lookups,
                        written,
                        violations,
                        uncommitted,
                        TimeUnit.NANOSECONDS.toMillis(longestStale),
                        TimeUnit.NANOSECONDS.toMillis(longestWait),
                        TimeUnit.NANOSECONDS.toMillis(nearLongestStale));
    }
}
