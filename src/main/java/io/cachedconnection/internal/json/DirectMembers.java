package io.cachedconnection.internal.json;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The members that an object may have, in the order in which they are written. They come in that order nearly always, so each name is
 * compared with the one that is due.
 */
public final class DirectMembers {

    private final List<String> names;
    private final byte[][] tokens; // what stands before each value: a brace or comma, the name, a colon
    private final @Nullable DirectType[] types; // set before the first object is read
    private final Map<String, Integer> byName = new HashMap<>();
    private final JsonShape further;
    private final @Nullable String before;

    /** Members of these names, which still lack their types; those of other names may be anything. */
    public DirectMembers(List<String> names) {
        this(names, JsonShape.AnyShape.ANYTHING);
    }

    /** Members of these names, which still lack their types; {@code further} is the shape of members of other names. */
    DirectMembers(List<String> names, JsonShape further) {
        this(names, further, null);
    }

    /**
     * Members that may come after another one.
     *
     * @param before the name of that one; null if there is none
     */
    DirectMembers(List<String> names, JsonShape further, @Nullable String before) {
        this.before = before;
        this.names = names;
        this.further = further;
        this.tokens = new byte[names.size()][];
        this.types = new DirectType[names.size()];
        for (int i = 0; i < tokens.length; i++) {
            DirectWriter out = new DirectWriter(names.get(i).length() + 4);
            out.ascii(i == 0 && before == null ? '{' : ',');
            out.string(names.get(i));
            out.ascii(':');
            tokens[i] = out.toBytes();
            byName.put(names.get(i), i);
        }
    }

    public void set(String name, DirectType type) {
        types[Objects.requireNonNull(byName.get(name))] = type;
    }

    public int size() {
        return tokens.length;
    }

    /** What stands before the value of the member at {@code index}. */
    public byte[] token(int index) {
        return tokens[index];
    }

    public DirectType type(int index) {
        return Objects.requireNonNull(types[index]);
    }

    /**
     * Passes an object, after its brace.
     *
     * @param depth of the object
     * @param values where the value of each member goes, at the index of its name
     * @return how many of the names are there
     */
    public int read(DirectReader in, int depth, @Nullable Object[] values) throws UnreadableValueException {
        return in.skip('}') ? 0 : readSome(in, depth, values);
    }

    /** Passes the rest of an object that goes on with a member. Gives how many of the names are there. */
    int readSome(DirectReader in, int depth, @Nullable Object[] values) throws UnreadableValueException {
        int next = 0;
        Unordered unordered = null;
        do {
            int inside = in.inside(depth);
            if (unordered == null && next < tokens.length && in.skip(tokens[next], 1)) {
                values[next] = type(next).read(in, inside);
                next++;
            } else {
                unordered = unordered == null ? new Unordered(next) : unordered;
                next += unordered.read(in, inside, values);
            }
        } while (in.skip(','));
        in.expect('}');
        return next;
    }

    /** The members of an object that do not come in order, or whose names are not known. */
    private final class Unordered {

        private final boolean[] known = new boolean[tokens.length];
        private final JsonValidator.Names others = new JsonValidator.Names();

        Unordered(int passed) {
            Arrays.fill(known, 0, passed, true);
            if (before != null) {
                others.add(before);
            }
        }

        /** Passes a member, and gives 1 if its name is known. */
        int read(DirectReader in, int depth, @Nullable Object[] values) throws UnreadableValueException {
            String name = in.name();
            Integer index = byName.get(name);
            if (index == null ? !others.add(name) : known[index]) {
                throw new UnreadableValueException("a name twice");
            }
            if (index == null) {
                in.pass(further, depth);
                return 0;
            }
            known[index] = true;
            values[index] = type(index).read(in, depth);
            return 1;
        }
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
