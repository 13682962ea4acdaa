package io.cachedconnection.internal.json;

import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names that one JSON object has had so far. The usual few are cheaper in a row than in a table. Where a name stands in
 * the table nobody can tell who does not know a random number, so nobody can choose names that stand in one place.
 */
final class Names {

    private static final int FEW = 16;
    private static final long SECRET = new SecureRandom().nextLong() | 1;

    private @Nullable String[] names =
            new String[FEW]; // in a row, or in their places, of which half are empty at least
    private int @Nullable [] hashes; // of those in their places; zero where there is none
    private long
            seen; // of those in a row, a bit for the last six bits of each one's hash: whose bit is not there is new
    private int count;

    /** False if it is there already. */
    boolean add(String name) {
        return hashes == null ? addedToRow(name) : addedToPlace(hashes, name);
    }

    private boolean addedToRow(String name) {
        if (isInRow(name)) {
            return false;
        }
        if (count == FEW) {
            return addedToPlace(
                    placed(Arrays.stream(names).mapToInt(Names::hash).toArray()), name);
        }
        names[count++] = name;
        return true;
    }

    private boolean isInRow(String name) {
        long before = seen;
        seen |= 1L << name.hashCode();
        for (int i = 0; i < count && before == seen; i++) {
            if (name.equals(names[i])) {
                return true;
            }
        }
        return false;
    }

    private boolean addedToPlace(int[] places, String name) {
        int hash = hash(name);
        int place = hash & (places.length - 1);
        for (; places[place] != 0; place = (place + 1) & (places.length - 1)) {
            if (places[place] == hash && name.equals(names[place])) {
                return false;
            }
        }
        places[place] = hash;
        names[place] = name;
        if (2 * ++count > places.length) {
            placed(places);
        }
        return true;
    }

    /** Gives the names, which have these hashes, four times as many places. */
    private int[] placed(int[] before) {
        int[] places = new int[4 * before.length];
        @Nullable String[] at = new String[places.length];
        for (int i = 0; i < before.length; i++) {
            if (before[i] != 0) {
                int place = before[i] & (places.length - 1);
                while (places[place] != 0) {
                    place = (place + 1) & (places.length - 1);
                }
                places[place] = before[i];
                at[place] = names[i];
            }
        }
        names = at;
        hashes = places;
        return places;
    }

    private static int hash(@Nullable String name) {
        long hash = 0;
        for (int i = 0; name != null && i < name.length(); i++) {
            hash = (hash + name.charAt(i) + 1) * SECRET;
        }
        return (int) (hash >>> 32) | Integer.MIN_VALUE; // never zero
    }
}
