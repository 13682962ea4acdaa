package io.cachedconnection.internal.json;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that one JSON object has had so far. The usual few are cheaper in a row than in a set. */
final class Names {

    private static final int FEW = 16;

    private final @Nullable String[] few = new String[FEW];
    private int count;
    private @Nullable Set<@Nullable String>
            many; // strings are comparable, so chosen collisions cost a logarithm at most

    /** False if it is there already. */
    boolean add(String name) {
        if (many != null) {
            return many.add(name);
        }
        for (int i = 0; i < count; i++) {
            if (name.equals(few[i])) {
                return false;
            }
        }
        if (count == FEW) {
            many = new HashSet<>(Arrays.asList(few));
            return many.add(name);
        }
        few[count++] = name;
        return true;
    }
}
