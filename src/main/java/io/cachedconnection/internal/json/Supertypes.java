package io.cachedconnection.internal.json;

import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.stream.Stream;

/** What a type extends and implements, with the type arguments that this gives. */
final class Supertypes {

    private Supertypes() {}

    /** Those of the class {@code wanted}, however far up; without those that do not say their arguments. */
    static Stream<ResolvedType> of(ResolvedType type, Class<?> wanted) {
        if (type.type() == wanted) {
            return Stream.of(type).filter(found -> !found.arguments().isEmpty());
        }
        return direct(type.type())
                .map(parent -> ResolvedType.of(parent, type.variables()))
                .flatMap(parent -> of(parent, wanted))
                .distinct();
    }

    private static Stream<Type> direct(Class<?> type) {
        return Stream.concat(
                Stream.ofNullable(type.getGenericSuperclass()), Arrays.stream(type.getGenericInterfaces()));
    }
}
