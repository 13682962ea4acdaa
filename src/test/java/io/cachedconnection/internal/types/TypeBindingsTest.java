package io.cachedconnection.internal.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypeBindingsTest {

    static class Types<T> {
        public Map<String, List<T>> map = Map.of();
        public List<T>[] array;
        public T[] plainArray;
        public Map.Entry<T, String> nested;
    }

    static class Same {
        public Map<String, List<Long>> map = Map.of();
        public List<Long>[] array;
        public Long[] plainArray;
        public Map.Entry<Long, String> nested;
    }

    static class OfLong extends Types<Long> {}

    @Test
    void resolve_generics_equalThoseOfReflection() throws NoSuchFieldException {
        for (String name : List.of("map", "array", "plainArray", "nested")) {
            Type expected = Same.class.getField(name).getGenericType();
            Type resolved = TypeBindings.of(OfLong.class)
                    .resolve(Types.class.getField(name).getGenericType());

            assertThat(resolved).isEqualTo(expected).hasSameHashCodeAs(expected);
            assertThat(expected).isEqualTo(resolved);
        }
    }

    @Test
    void resolve_unboundVariable_staysOne() throws NoSuchFieldException {
        Type array = Types.class.getField("array").getGenericType();

        assertThat(TypeBindings.of(Types.class).resolve(array)).isEqualTo(array);
        assertThat(TypeBindings.erased(array)).isEqualTo(List[].class);
    }
}
