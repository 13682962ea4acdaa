package io.cachedconnection.model;

/** A growing set of numbers other than zero. */
final class Seen {

    private long[] slots = new long[1 << 16];
    private int size;

    /** False if it was in the set already. */
    boolean add(long number) {
        if (size * 2 > slots.length) {
            grow();
        }
        int slot = slot(number);
        if (slots[slot] == number) {
            return false;
        }
        slots[slot] = number;
        size++;
        return true;
    }

    private int slot(long number) {
        int slot = (int) (number >>> 20) & (slots.length - 1);
        while (slots[slot] != 0 && slots[slot] != number) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        for (long number : old) {
            if (number != 0) {
                slots[slot(number)] = number;
            }
        }
    }

    int size() {
        return size;
    }
}
