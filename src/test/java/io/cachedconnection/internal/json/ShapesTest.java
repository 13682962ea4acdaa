package io.cachedconnection.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Types without end have shapes all the same. */
class ShapesTest {

    record Growing<T>(T value, Growing<List<T>> next) {}

    record Branching<T>(Branching<List<T>> a, Branching<Set<T>> b, Branching<Map<String, T>> c, Other<T> d) {}

    record Other<T>(Branching<List<T>> a, Other<Set<T>> b, Other<Branching<T>> c) {}

    @Test
    void of_typeThatGrows_endsInAnything() {
        JsonShape jsonShape = Shapes.of(new Types<Growing<String>>() {}.type());
        int depth = 0;
        while (jsonShape instanceof JsonShape.ObjectShape object) {
            assertThat(object.properties().keySet()).containsExactlyInAnyOrder("value", "next");
            jsonShape = object.properties().get("next");
            depth++;
        }

        assertThat(depth).isPositive();
        assertThat(jsonShape).isEqualTo(JsonShape.AnyShape.ANYTHING);
    }

    @Test
    void of_typeThatGrowsInManyWays_ends() {
        assertThat(Shapes.of(new Types<Branching<String>>() {}.type())).isInstanceOf(JsonShape.ObjectShape.class);
    }
}
