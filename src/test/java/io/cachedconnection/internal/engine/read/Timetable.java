package io.cachedconnection.internal.engine.read;

/** What {@link Joining} has to look like: of each key one load that runs and one that waits, seen by one thread. */
public final class Timetable {

    static final int THREADS = 8;
    private static final int NOBODY = -1;

    private final KeyLoads[] loads = {new KeyLoads(), new KeyLoads()};

    private static final class KeyLoads {
        private int runs = NOBODY;
        private int waits = NOBODY;
        private int waitersOfRunning;
        private int waitersOfWaiting;

        private boolean has(int thread) {
            return runs == thread || waits == thread;
        }

        private String join(int thread) {
            if (runs == NOBODY) {
                runs = thread;
                return "runs";
            }
            if (waits == NOBODY) {
                waits = thread;
                return "waits";
            }
            waitersOfWaiting++;
            return "joined";
        }

        private String leave(int thread) {
            boolean awaited = runs == thread ? waitersOfRunning > 0 || waits != NOBODY : waitersOfWaiting > 0;
            if (runs == thread) {
                runs = waits;
                waitersOfRunning = waitersOfWaiting;
            }
            waits = NOBODY;
            waitersOfWaiting = 0;
            return awaited ? "awaited" : "alone";
        }
    }

    public String join(int thread, int key) {
        return loads[0].has(thread) || loads[1].has(thread) ? "has a load" : loads[key].join(thread);
    }

    public String leave(int thread) {
        for (KeyLoads ofKey : loads) {
            if (ofKey.has(thread)) {
                return ofKey.leave(thread);
            }
        }
        return "has no load";
    }
}
