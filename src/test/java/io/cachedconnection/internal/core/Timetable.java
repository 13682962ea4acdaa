package io.cachedconnection.internal.core;

/** What {@link Joining} has to look like: of each key one flight in the air and one that waits, seen by one thread. */
public final class Timetable {

    static final int THREADS = 8;
    private static final int NOBODY = -1;

    private final Line[] lines = {new Line(), new Line()};

    private static final class Line {
        private int runs = NOBODY;
        private int waits = NOBODY;
        private int passengersOfRunning;
        private int passengersOfWaiting;

        private boolean has(int thread) {
            return runs == thread || waits == thread;
        }

        private String board(int thread) {
            if (runs == NOBODY) {
                runs = thread;
                return "runs";
            }
            if (waits == NOBODY) {
                waits = thread;
                return "waits";
            }
            passengersOfWaiting++;
            return "passenger";
        }

        private String leave(int thread) {
            boolean awaited = runs == thread ? passengersOfRunning > 0 || waits != NOBODY : passengersOfWaiting > 0;
            if (runs == thread) {
                runs = waits;
                passengersOfRunning = passengersOfWaiting;
            }
            waits = NOBODY;
            passengersOfWaiting = 0;
            return awaited ? "awaited" : "alone";
        }
    }

    public String board(int thread, int key) {
        return lines[0].has(thread) || lines[1].has(thread) ? "has a flight" : lines[key].board(thread);
    }

    public String leave(int thread) {
        for (Line line : lines) {
            if (line.has(thread)) {
                return line.leave(thread);
            }
        }
        return "has no flight";
    }
}
