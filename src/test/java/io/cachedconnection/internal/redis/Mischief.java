package io.cachedconnection.internal.redis;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What may be done to one reply of Redis on its way. */
enum Mischief {
    BYTE_CHANGED {
        @Override
        Delivery of(byte[] reply, Random random) {
            byte[] changed = reply.clone();
            changed[place(reply, random)] = (byte) random.nextInt(256);
            return Delivery.of(changed);
        }
    },
    /** The head says what it is and how long, so half of these are about the head. */
    BIT_FLIPPED {
        @Override
        Delivery of(byte[] reply, Random random) {
            byte[] changed = reply.clone();
            changed[place(reply, random)] ^= (byte) (1 << random.nextInt(8));
            return Delivery.of(changed);
        }
    },
    /** A number becomes another one, which says something else. */
    DIGIT_CHANGED {
        @Override
        Delivery of(byte[] reply, Random random) {
            byte[] changed = reply.clone();
            int at = 1 + random.nextInt(2);
            if (changed[at] >= '0' && changed[at] <= '9') {
                changed[at] ^= 1;
            }
            return Delivery.of(changed);
        }
    },
    BYTES_LOST {
        @Override
        Delivery of(byte[] reply, Random random) {
            int from = place(reply, random);
            int to = from + 1 + random.nextInt(reply.length - from);
            byte[] shorter = Arrays.copyOf(reply, reply.length - (to - from));
            System.arraycopy(reply, to, shorter, from, reply.length - to);
            return Delivery.of(shorter);
        }
    },
    CUT {
        @Override
        Delivery of(byte[] reply, Random random) {
            byte[] head = Arrays.copyOf(reply, random.nextInt(reply.length + 1));
            return new Delivery(List.of(new Part(0, head)), true);
        }
    },
    IN_PIECES {
        @Override
        Delivery of(byte[] reply, Random random) {
            return pieces(reply, reply, random);
        }
    },
    /** The length may be wrong, and what is beyond it comes when the reply is thought to be over. */
    CHANGED_IN_PIECES {
        @Override
        Delivery of(byte[] reply, Random random) {
            byte[] changed = reply.clone();
            changed[random.nextInt(Math.min(reply.length, HEAD))] = (byte) ('0' + random.nextInt(10));
            return pieces(changed, reply, random);
        }
    },
    LATE {
        @Override
        Delivery of(byte[] reply, Random random) {
            return new Delivery(List.of(new Part(random.nextLong(LONGEST), reply)), false);
        }
    },
    TWICE {
        @Override
        Delivery of(byte[] reply, Random random) {
            byte[] both = Arrays.copyOf(reply, reply.length * 2);
            System.arraycopy(reply, 0, both, reply.length, reply.length);
            return Delivery.of(both);
        }
    },
    /** As from a program that writes twice, one right after the other. */
    TWICE_IN_A_ROW {
        @Override
        Delivery of(byte[] reply, Random random) {
            return new Delivery(List.of(new Part(0, reply), new Part(0, reply)), false);
        }
    },
    /** The second one when it fits best: maybe when the next command has been sent, and before its reply. */
    TWICE_APART {
        @Override
        Delivery of(byte[] reply, Random random) {
            long pause = random.nextLong(TimeUnit.MILLISECONDS.toNanos(1 << random.nextInt(4)));
            return new Delivery(List.of(new Part(0, reply), new Part(pause, reply)), false);
        }
    };

    private static final int HEAD = 8;
    private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(50); // twice as long as anybody waits

    /** What comes instead of {@code reply}. */
    abstract Delivery of(byte[] reply, Random random);

    private static int place(byte[] reply, Random random) {
        return random.nextInt(random.nextBoolean() ? Math.min(reply.length, HEAD) : reply.length);
    }

    private static Delivery pieces(byte[] reply, byte[] original, Random random) {
        int at = random.nextInt(original.length + 1);
        long pause = random.nextLong(TimeUnit.MILLISECONDS.toNanos(5));
        Part first = new Part(0, Arrays.copyOf(reply, at));
        return new Delivery(List.of(first, new Part(pause, Arrays.copyOfRange(reply, at, reply.length))), false);
    }

    /** Bytes, and how many nanoseconds nothing comes before them. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Part(long pause, byte[] bytes) {}

    /** What comes, and whether the connection is closed then. */
    record Delivery(List<Part> parts, boolean hangsUp) {

        static Delivery of(byte[] reply) {
            return new Delivery(List.of(new Part(0, reply)), false);
        }
    }
}
