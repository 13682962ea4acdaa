package io.cachedconnection.internal.method;

import static io.cachedconnection.internal.method.Readings.method;
import static io.cachedconnection.internal.method.Readings.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.CachedConnection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CachedBeansTest {

    static class Numbers {
        @CachedConnection(cache = "n")
        public int primitive(String name) {
            return 0;
        }

        @CachedConnection(cache = "n", key = "o:{name}")
        public Optional<Integer> optional(String name) {
            return Optional.empty();
        }
    }

    static class OtherNumbers {
        @CachedConnection(cache = "n", key = "l:{name}")
        public List<Integer> list(String name) {
            return List.of();
        }

        @CachedConnection(cache = "m")
        public List<Integer> otherCache(String name) {
            return List.of();
        }
    }

    @Test
    void problems_sameTypeButForOptionalAndBoxing_areNone() {
        assertThat(readAll(Numbers.class).problems()).isEmpty();
        assertThat(readAll(Numbers.class).warnings()).isEmpty();
    }

    @Test
    void problems_twoTypesInOneCache_areSaid() {
        assertThat(readAll(OtherNumbers.class, Numbers.class).problems())
                .containsExactly("CC-0122 Numbers.optional(String) keeps java.lang.Integer in cache n, but"
                        + " OtherNumbers.list(String) keeps java.util.List<java.lang.Integer> there: each would read the"
                        + " other's entries. Give one of them a cache of its own.");
    }

    static class Sharing {
        @CachedConnection(cache = "s")
        public String a(UUID id) {
            return "";
        }

        @CachedConnection(cache = "s")
        public Optional<String> b(String name) {
            return Optional.empty();
        }

        @CachedConnection(cache = "s")
        public String c(String name, long number) {
            return "";
        }

        @CachedConnection(cache = "s", key = "all")
        public String d() {
            return "";
        }
    }

    @Test
    void warnings_keysThatCanBeEqual_areSaidOncePerMethod() {
        assertThat(readAll(Sharing.class).problems()).isEmpty();
        assertThat(readAll(Sharing.class).warnings())
                .hasSize(2)
                .anyMatch(warning -> warning.startsWith(
                        "CC-0123 Sharing.a(UUID) can have the same keys in cache s as" + " Sharing.b(String), and"))
                .anyMatch(warning -> warning.startsWith(
                        "CC-0123 Sharing.b(String) can have the same keys in cache s as Sharing.d(), and"));
    }

    static class Faulty {
        @CachedConnection
        public void touch(long id) {}
    }

    @Test
    void problems_ofSeveralBeans_areSortedByBean() {
        assertThat(readAll(MethodProblemsTest.Doubly.class, Faulty.class).problems())
                .extracting(problem -> problem.substring(0, 7))
                .containsExactly("CC-0101", "CC-0120");
        assertThat(readAll(Faulty.class, MethodProblemsTest.Doubly.class).problems())
                .isEqualTo(
                        readAll(MethodProblemsTest.Doubly.class, Faulty.class).problems());
    }

    static class Proxy extends Numbers {}

    static class DeeperProxy extends Proxy {}

    @Test
    void find_proxyOfABean_isTheBeansMethod() {
        CachedBeans beans = readAll(Numbers.class, OtherNumbers.class);

        CachedMethod found = beans.find(DeeperProxy.class, method(Numbers.class, "primitive"));

        assertThat(found).isNotNull().isSameAs(beans.find(Numbers.class, method(Numbers.class, "primitive")));
        assertThat(beans.find(OtherNumbers.class, method(Numbers.class, "primitive")))
                .isNull();
        assertThat(beans.find(String.class, method(Numbers.class, "primitive"))).isNull();
        assertThat(beans.methods()).hasSize(4);
    }
}
