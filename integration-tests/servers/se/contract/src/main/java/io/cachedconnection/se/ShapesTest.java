package io.cachedconnection.se;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cachedconnection.se.Shapes.Access;
import io.cachedconnection.se.Shapes.Row;
import io.cachedconnection.se.Shapes.Shape;
import io.cachedconnection.servertests.TestRedis;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each shape of a repository, called by its class and by its interfaces: cached, and evicted. */
class ShapesTest {

    static List<Shape<?>> shapes() {
        return Shapes.all();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    <B> void calls_byClassAndByInterfaces_areCachedAndEvict(Shape<B> shape) {
        try (RunningApplication application = new RunningApplication(TestRedis.uri(), shape.bean())) {
            B bean = application.bean(shape.bean());
            List<Access> accesses =
                    shape.accesses().stream().map(each -> each.apply(bean)).toList();
            Shapes.ROWS.put(1L, new Row(1L, "old"));
            int loads = Shapes.LOADS.get();

            accesses.forEach(access -> assertThat(access.find(1)).isEqualTo(new Row(1L, "old")));
            accesses.forEach(access -> access.find(1));
            assertThat(Shapes.LOADS.get() - loads).isEqualTo(1);

            for (int i = 0; i < accesses.size(); i++) {
                Row written = new Row(1L, "text " + i);
                accesses.get(i).save(written);
                accesses.forEach(access -> assertThat(access.find(1)).isEqualTo(written));
                assertThat(Shapes.LOADS.get() - loads).isEqualTo(2 + i);
            }
        }
    }

    static List<Class<?>> refused() {
        return Shapes.refused();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void deployment_methodThatOnlyASubclassHasImplementAnInterface_isRefused(Class<?> bean) {
        Throwable refusal = catchThrowable(() -> new RunningApplication(TestRedis.uri(), bean).close());

        while (refusal.getCause() != null) {
            refusal = refusal.getCause();
        }
        assertThat(refusal).hasMessageContaining("CC-0165");
    }
}
