package io.cachedconnection.outages;

import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.LongStream;

/** One fault, seen by one application whose threads go on calling. */
final class Trial {

    private static final long OPENING = TimeUnit.SECONDS.toNanos(1);
    private static final int CONNECTING_MILLIS = 800; // else the log would already have told of a Redis that is lost
    private static final int WARM_UP_MILLIS = 1500;
    private static final int QUIET_MILLIS = 1500; // that Redis is back is logged a second after the last failure
    private static final int BREAKER_FAILURES = 5;

    private final Fault fault;
    private final int threads;
    private final int seconds;
    private final Control control;
    private final Tally tally = new Tally();
    private long struck;
    private long until;
    private long openCost = Measured.NONE;
    private long normalMillis;

    Trial(Fault fault, int threads, int seconds, Control control) {
        this.fault = fault;
        this.threads = threads;
        this.seconds = seconds;
        this.control = control;
    }

    Measured measured() throws Exception {
        try (Scene scene = fault.maker().make();
                Application application = new Application(scene)) {
            TimeUnit.MILLISECONDS.sleep(CONNECTING_MILLIS);
            Patience.until("Redis answers lookups", new Recovery(application)::isNormal);
            Load load = Load.started(threads, application, tally);
            try {
                TimeUnit.MILLISECONDS.sleep(WARM_UP_MILLIS);
                return measured(scene, application, load);
            } finally {
                load.stop();
            }
        }
    }

    private Measured measured(Scene scene, Application application, Load load) throws Exception {
        try (Warnings warnings = Warnings.heard()) {
            if (fault.nature().lasts()) {
                load.without(() -> {
                    scene.strike().run();
                    struckNow();
                });
                lasting(scene, application, load);
            } else {
                struckNow();
                scene.strike().run();
                passing(application);
            }
            load.stop();
            return measured(load, warnings, System.nanoTime());
        }
    }

    private void struckNow() {
        struck = System.nanoTime();
        tally.count(true);
    }

    private void lasting(Scene scene, Application application, Load load) throws Exception {
        Load crowd = Load.crowd(fault.crowd(), application, tally);
        TimeUnit.SECONDS.sleep(seconds);
        crowd.stop();
        until = System.nanoTime();
        tally.count(false);
        if (threads == 1) {
            load.stop();
            openCost = new OpenCost(application).measured();
        }
        scene.end().run();
        long ended = System.nanoTime();
        Load after = Load.started(threads == 1 ? 1 : 0, application, tally);
        normalMillis = new Recovery(application).millisSince(ended);
        TimeUnit.MILLISECONDS.sleep(QUIET_MILLIS);
        after.stop();
    }

    private void passing(Application application) throws Exception {
        normalMillis = new Recovery(application).millisSince(struck);
        long left = TimeUnit.SECONDS.toNanos(seconds) - (System.nanoTime() - struck);
        TimeUnit.NANOSECONDS.sleep(left);
        until = System.nanoTime();
        tally.count(false);
        TimeUnit.MILLISECONDS.sleep(QUIET_MILLIS);
    }

    private Measured measured(Load load, Warnings warnings, long over) {
        int firsts = Math.max(1, BREAKER_FAILURES / threads);
        return new Measured(
                threads,
                first(load, firsts),
                lookups(load, struck + OPENING, until),
                lookups(load, struck - TimeUnit.MILLISECONDS.toNanos(1), over),
                above(load, w -> w.writes.between(struck, over), w -> w.plainWrites.between(struck, over)),
                control.between(struck, over),
                openCost,
                normalMillis,
                TimeUnit.NANOSECONDS.toSeconds(over - struck),
                tally,
                warnings);
    }

    private Spread first(Load load, int number) {
        return above(
                load,
                worker -> worker.lookups.firstAfter(struck, number),
                worker -> worker.plainLookups.firstAfter(struck, number));
    }

    private static Spread lookups(Load load, long from, long to) {
        return above(load, worker -> worker.lookups.between(from, to), worker -> worker.plainLookups.between(from, to));
    }

    private static Spread above(
            Load load, Function<Worker, LongStream> calls, Function<Worker, LongStream> plainCalls) {
        return load.spread(calls).above(load.spread(plainCalls));
    }
}
