package io.cachedconnection.internal.json;

import static java.lang.invoke.MethodType.methodType;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record or a class with properties: a JSON object with a member for each component or property, sorted by name.
 */
final class DirectObject extends DirectType {

    private final Class<?> type;
    private final MethodHandle
            constructor; // of a record, takes all members in one array; of a class, takes no arguments
    private final MethodHandle[] getters; // each returns a long, a double, a boolean or an object
    private final MethodHandle @Nullable [] setters; // of a class; null for a record
    private final DirectMembers members;
    private final byte[]
            opening; // the bytes before the members, with the brace; empty if the first member's token has it

    private DirectObject(
            Class<?> type,
            byte[] opening,
            MethodHandle constructor,
            MethodHandle[] getters,
            MethodHandle @Nullable [] setters,
            DirectMembers members) {
        this.type = type;
        this.opening = opening;
        this.constructor = constructor;
        this.getters = getters;
        this.setters = setters;
        this.members = members;
    }

    /**
     * A property with its accessors.
     *
     * @param getter a method without parameters
     * @param setter a method with one parameter
     */
    record Accessors(String name, Method getter, Method setter) {}

    /**
     * Creates the format of a record; the types of its members are set later.
     *
     * @param further the shape of members without a component
     * @throws IllegalAccessException if this library may not create or read such records
     */
    static DirectObject ofRecord(Class<?> type, JsonShape further) throws ReflectiveOperationException {
        return ofRecord(type, further, null, new byte[0]);
    }

    /** Creates the format of a record after a member named {@code before}; {@code opening} is the brace with that member. */
    static DirectObject ofRecord(Class<?> type, JsonShape further, @Nullable String before, byte[] opening)
            throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        List<RecordComponent> declared = List.of(type.getRecordComponents());
        List<RecordComponent> sorted = declared.stream()
                .sorted(Comparator.comparing(RecordComponent::getName))
                .toList();
        Class<?>[] types = declared.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
        MethodHandle canonical = lookup.unreflectConstructor(type.getDeclaredConstructor(types));
        MethodHandle byName = MethodHandles.permuteArguments(
                canonical,
                methodType(type, sorted.stream().map(RecordComponent::getType).toList()),
                declared.stream().mapToInt(sorted::indexOf).toArray());
        return new DirectObject(
                type,
                opening,
                byName.asSpreader(Object[].class, sorted.size()).asType(methodType(Object.class, Object[].class)),
                getters(
                        lookup,
                        sorted.stream().map(RecordComponent::getAccessor).toList()),
                null,
                new DirectMembers(sorted.stream().map(RecordComponent::getName).toList(), further, before));
    }

    /** Creates the format of a class with these properties; the types of its members are set later. */
    static DirectObject ofClass(Class<?> type, List<Accessors> properties, JsonShape further)
            throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        List<Accessors> sorted = properties.stream()
                .sorted(Comparator.comparing(Accessors::name))
                .toList();
        MethodHandle[] setters = new MethodHandle[sorted.size()];
        for (int i = 0; i < setters.length; i++) {
            setters[i] =
                    lookup.unreflect(sorted.get(i).setter()).asType(methodType(void.class, Object.class, Object.class));
        }
        return new DirectObject(
                type,
                new byte[0],
                lookup.unreflectConstructor(type.getDeclaredConstructor()).asType(methodType(Object.class)),
                getters(lookup, sorted.stream().map(Accessors::getter).toList()),
                setters,
                new DirectMembers(sorted.stream().map(Accessors::name).toList(), further));
    }

    private static MethodHandle[] getters(MethodHandles.Lookup lookup, List<Method> methods)
            throws IllegalAccessException {
        MethodHandle[] getters = new MethodHandle[methods.size()];
        for (int i = 0; i < getters.length; i++) {
            Class<?> given = methods.get(i).getReturnType();
            boolean isWhole = given == long.class || given == int.class || given == short.class || given == byte.class;
            boolean isAsItIs = given == double.class || given == boolean.class;
            Class<?> read = isWhole ? long.class : isAsItIs ? given : Object.class;
            getters[i] = lookup.unreflect(methods.get(i)).asType(methodType(read, Object.class));
        }
        return getters;
    }

    DirectMembers members() {
        return members;
    }

    @Override
    protected void writeValue(Object value, DirectWriter out, int depth) {
        if (value.getClass() != type) {
            throw DirectWriter.notDirect();
        }
        if (opening.length > 0) {
            out.inside(depth);
            out.raw(opening);
        } else if (getters.length == 0) {
            out.ascii('{');
        }
        try {
            for (int i = 0; i < getters.length; i++) {
                int inside = out.inside(depth);
                out.raw(members.token(i));
                MethodHandle getter = getters[i];
                Class<?> read = getter.type().returnType();
                if (read == Object.class) {
                    Object component = (Object) getter.invokeExact(value);
                    members.type(i).write(component, out, inside);
                } else if (read == long.class) {
                    out.number((long) getter.invokeExact(value));
                } else if (read == boolean.class) {
                    out.ascii((boolean) getter.invokeExact(value) ? "true" : "false");
                } else {
                    DirectScalars.Fraction.write((double) getter.invokeExact(value), out);
                }
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) { // JSON-B will report the property
            throw new IllegalStateException(e);
        }
        out.ascii('}');
    }

    @Override
    protected Object readValue(DirectReader in, int depth) throws UnreadableValueException {
        @Nullable Object[] values = in.components(getters.length);
        int known;
        if (opening.length == 0) {
            in.begin('{');
            known = members.read(in, depth, values);
        } else if (in.skip(',')) {
            known = members.readSome(in, depth, values);
        } else {
            in.expect('}');
            known = 0;
        }
        if (known < values.length) {
            throw DirectReader.otherShape();
        }
        Object made;
        try {
            made = setters == null
                    ? (Object) constructor.invokeExact(values)
                    : set((Object) constructor.invokeExact(), setters, values);
        } catch (Throwable e) { // for example from a check in the application's constructor
            throw new UnreadableValueException(Failure.kind(e));
        }
        in.giveBack(values);
        return made;
    }

    private static Object set(Object made, MethodHandle[] setters, @Nullable Object[] values) throws Throwable {
        for (int i = 0; i < setters.length; i++) {
            setters[i].invokeExact(made, values[i]);
        }
        return made;
    }

    @Override
    public String toString() {
        return type.getName();
    }

    /** A sealed interface of records: an object whose first member names the record type. */
    static final class DirectSealed extends DirectType {

        private final List<byte[]> openings =
                new ArrayList<>(); // for each record, the brace and the member with its type
        private final List<DirectObject> records = new ArrayList<>();
        private final Map<Class<?>, DirectObject> byClass = new HashMap<>();

        /** Returns the brace and the member that names the record type {@code alias}. */
        static byte[] opening(String key, String alias) {
            DirectWriter out = new DirectWriter(key.length() + alias.length() + 6);
            out.ascii('{');
            out.string(key);
            out.ascii(':');
            out.string(alias);
            return out.toBytes();
        }

        /** Adds a record type. Add all of them before the first value is read. */
        void add(Class<?> type, byte[] opening, DirectObject record) {
            openings.add(opening);
            records.add(record);
            byClass.put(type, record);
        }

        @Override
        protected Object readValue(DirectReader in, int depth) throws UnreadableValueException {
            in.begin('{');
            in.first();
            in.inside(depth);
            for (int i = 0; i < openings.size(); i++) {
                if (in.skip(openings.get(i), 1)) {
                    return records.get(i).readValue(in, depth);
                }
            }
            throw DirectReader.otherShape();
        }

        @Override
        protected void writeValue(Object value, DirectWriter out, int depth) {
            DirectObject record = byClass.get(value.getClass());
            if (record == null) {
                throw DirectWriter.notDirect();
            }
            record.writeValue(value, out, depth);
        }
    }
}
