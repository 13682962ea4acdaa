package io.cachedconnection.outages;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Threads that use an application, all at the same pace, which leaves the processors most of their time. */
final class Load {

    private static final long PAUSE_OF_ONE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long PAUSE_OF_MANY = TimeUnit.MILLISECONDS.toNanos(30);

    private final List<Worker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private Load() {}

    static Load started(int number, Application application, Tally tally) {
        return started(number, application, tally, number == 1 ? PAUSE_OF_ONE : PAUSE_OF_MANY);
    }

    /** More than the machine can serve. */
    static Load crowd(int number, Application application, Tally tally) {
        return started(number, application, tally, PAUSE_OF_ONE);
    }

    private static Load started(int number, Application application, Tally tally, long pause) {
        Load load = new Load();
        for (int i = 0; i < number; i++) {
            Worker worker = new Worker(application, tally, pause);
            Thread thread = new Thread(worker, "worker-" + i);
            load.workers.add(worker);
            load.threads.add(thread);
            thread.start();
        }
        return load;
    }

    /** Nobody makes a new call while {@code act} runs. */
    void without(Scene.Act act) throws Exception {
        workers.forEach(worker -> worker.hold(true));
        act.run();
        workers.forEach(worker -> worker.hold(false));
    }

    /** Ends it; a call that never returns fails the test. */
    void stop() throws InterruptedException {
        workers.forEach(Worker::stop);
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(60));
            if (thread.isAlive()) {
                throw new IllegalStateException("A call does not return.");
            }
        }
    }

    /** What the calls of one kind took, of all threads. */
    Spread spread(Function<Worker, LongStream> durations) {
        Stream<Worker> all = workers.stream();
        return Spread.of(all.flatMapToLong(durations));
    }
}
