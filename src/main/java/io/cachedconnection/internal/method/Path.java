package io.cachedconnection.internal.method;

import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way from the arguments of a call to one value.
 *
 * @param argument the index of the argument where it begins
 * @param steps the properties that it goes along
 * @param type the declared type of where it ends
 */
record Path(int argument, List<Property> steps, Type type) {

    Path then(Property next) {
        return new Path(argument, Stream.concat(steps.stream(), Stream.of(next)).toList(), next.type());
    }

    /** The value at its end; null if that, or anything on the way, is null. */
    @Nullable Object follow(@Nullable Object[] arguments) {
        Object value = arguments[argument];
        for (int i = 0; value != null && i < steps.size(); i++) { // no iterator: this runs in every lookup
            value = steps.get(i).of(value);
        }
        return value;
    }
}
