package io.cachedconnection.internal.json;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that one JSON object has had so far. The usual few are cheaper in a row than in a set. */
final class Names {

    private static final int FEW = 16;

    private final String[] few = new String[FEW];
    private int count;
    private long hashes; // a bit for the last six bits of each name's hash; a name whose bit is not there is new
    private @Nullable Set<String> many;

    /** False if it is there already. */
    boolean add(String name) {
        if (many != null) {
            return many.add(name);
        }
        if (isAmongFew(name)) {
            return false;
        }
        if (count == FEW) {
            many = new HashSet<>(Arrays.asList(few));
            return many.add(name);
        }
        few[count++] = name;
        return true;
    }

    private boolean isAmongFew(String name) {
        long before = hashes;
        hashes |= 1L << name.hashCode();
        for (int i = 0; i < count && before == hashes; i++) {
            if (few[i].equals(name)) {
                return true;
            }
        }
        return false;
    }
}
