package io.cachedconnection.internal.json;

import static java.lang.invoke.MethodType.methodType;

import io.cachedconnection.internal.core.UnreadableValueException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record: an object with a member for each component, in the order of their names. */
final class DirectRecord extends DirectType {

    private final Class<?> type;
    private final MethodHandle constructor; // takes all components in one array, in the order of their names
    private final MethodHandle[] getters; // in that order, each of a whole number, a fraction, a boolean, or an object
    private final DirectMembers members;

    /**
     * One for {@code type}, whose members still lack their types.
     *
     * @param further the shape of members that the record has no component for
     * @throws IllegalAccessException if another class cannot make or read such records
     */
    DirectRecord(Class<?> type, Shape further) throws IllegalAccessException, NoSuchMethodException {
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
        this.type = type;
        this.constructor =
                byName.asSpreader(Object[].class, sorted.size()).asType(methodType(Object.class, Object[].class));
        this.getters = new MethodHandle[sorted.size()];
        for (int i = 0; i < getters.length; i++) {
            RecordComponent component = sorted.get(i);
            getters[i] = lookup.unreflect(component.getAccessor())
                    .asType(methodType(read(component.getType()), Object.class));
        }
        this.members =
                new DirectMembers(sorted.stream().map(RecordComponent::getName).toList(), further);
    }

    private static Class<?> read(Class<?> component) {
        boolean isWhole = component == long.class
                || component == int.class
                || component == short.class
                || component == byte.class;
        boolean isAsItIs = component == double.class || component == boolean.class;
        return isWhole ? long.class : isAsItIs ? component : Object.class;
    }

    DirectMembers members() {
        return members;
    }

    @Override
    void writeValue(Object value, DirectWriter out, int depth) {
        if (value.getClass() != type) {
            throw DirectWriter.notDirect();
        }
        if (getters.length == 0) {
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
        } catch (Throwable e) { // no accessor declares any
            throw new IllegalStateException(e);
        }
        out.ascii('}');
    }

    @Override
    Object readValue(DirectReader in, int depth) throws UnreadableValueException {
        in.begin('{');
        @Nullable Object[] components = in.components(getters.length);
        if (members.read(in, depth, components) < components.length) {
            throw DirectReader.otherShape();
        }
        Object record;
        try {
            record = (Object) constructor.invokeExact(components);
        } catch (Throwable e) { // of the record's own checks
            throw new UnreadableValueException(Failure.kind(e));
        }
        in.giveBack(components);
        return record;
    }

    @Override
    public String toString() {
        return type.getName();
    }
}
