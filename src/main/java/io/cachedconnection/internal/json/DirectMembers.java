package io.cachedconnection.internal.json;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object in the order in which they are written. They nearly always arrive in that order, so each name is
 * first compared with the expected one.
 */
public final class DirectMembers {

    private final List<String> names;
    private final byte[][] tokens; // the bytes before each value: a brace or comma, the name, a colon
    private final @Nullable DirectType[] types; // set before the first object is read
    private final Map<String, Integer> byName = new HashMap<>();
    private final JsonShape further;
    private final @Nullable String before;

    /** Creates members with these names; their types are set later. Members with other names may have any JSON. */
    public DirectMembers(List<String> names) {
        this(names, JsonShape.AnyShape.ANYTHING);
    }

    /**
     * Creates members with these names; their types are set later. {@code further} is the shape of members with other names.
     */
    DirectMembers(List<String> names, JsonShape further) {
        this(names, further, null);
    }

    /**
     * Creates members that may follow another one.
     *
     * @param before the name of the preceding member; null if there is none
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

    /** Returns the bytes before the value of the member at {@code index}. */
    public byte[] token(int index) {
        return tokens[index];
    }

    public DirectType type(int index) {
        return Objects.requireNonNull(types[index]);
    }

    /**
     * Reads an object after its opening brace.
     *
     * @param depth the depth of the object
     * @param values receives the value of each member at the index of its name
     * @return the number of known names in the object
     */
    public int read(DirectReader in, int depth, @Nullable Object[] values) throws UnreadableValueException {
        return in.skip('}') ? 0 : readSome(in, depth, values);
    }

    /** Reads the rest of an object that continues with a member. Returns the number of known names. */
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

    /** Reads members that are out of order or have unknown names. */
    private final class Unordered {

        private final boolean[] known = new boolean[tokens.length];
        private final JsonValidator.Names others = new JsonValidator.Names();

        Unordered(int passed) {
            Arrays.fill(known, 0, passed, true);
            if (before != null) {
                others.add(before);
            }
        }

        /** Reads a member; returns 1 if its name is known. */
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
