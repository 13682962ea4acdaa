package io.cachedconnection.outages;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What must hold in each row. */
final class Bounds {

    private static final long SMOKE_SLACK = Duration.ofMillis(400).toNanos();
    private static final long SLACK = Duration.ofMillis(10).toNanos();
    private static final long OPEN_NANOS = 2_000;

    private final long timeout = Application.TIMEOUT.toNanos();
    private final long evictTimeout = Application.EVICT_TIMEOUT.toNanos();
    private final Options options;

    Bounds(Options options) {
        this.options = options;
    }

    /** What does not hold, for people; nothing if all does. */
    List<String> broken(Fault fault, Measured measured) {
        List<String> broken = new ArrayList<>();
        Tally tally = measured.tally();
        long slack = options.isSmoke() ? SMOKE_SLACK : SLACK;
        check(broken, tally.threw() == 0, tally.threw() + " exceptions");
        check(broken, tally.old() == 0 || fault.nature() == Fault.Nature.FAILOVER, tally.old() + " old values");
        check(broken, measured.lookups().p999() <= timeout + slack, "p99.9 of lookups");
        int waits = fault.nature() == Fault.Nature.TRICKLE ? 2 : 1;
        check(broken, measured.writes().p999() <= waits * evictTimeout + slack, "p99.9 of writes");
        check(broken, measured.normalMillis() >= 0, "not normal again");
        check(broken, isOpenFree(fault, measured), "cost while open");
        if (!options.isSmoke()) {
            warnings(broken, measured, fault.nature() == Fault.Nature.SLOW ? 0 : 1 + measured.seconds() / 60);
        }
        return broken.stream()
                .map(what -> measured.threads() + " thr.: " + what)
                .toList();
    }

    private boolean isOpenFree(Fault fault, Measured measured) {
        boolean isTotal = fault.nature() == Fault.Nature.TOTAL || fault.nature() == Fault.Nature.TRICKLE;
        boolean applies = isTotal && measured.openCost() != Measured.NONE;
        return !applies || measured.openCost() < OPEN_NANOS;
    }

    private static void warnings(List<String> broken, Measured measured, long mostLost) {
        Warnings warnings = measured.warnings();
        check(broken, warnings.lost() <= mostLost, warnings.lost() + " x CC-0301");
        check(broken, warnings.back() <= 1, warnings.back() + " x CC-0302");
        check(broken, warnings.others() == 0, warnings.others() + " other warnings");
    }

    private static void check(List<String> broken, boolean holds, String what) {
        if (!holds) {
            broken.add(what);
        }
    }
}
