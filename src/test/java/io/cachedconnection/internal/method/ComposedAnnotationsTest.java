package io.cachedconnection.internal.method;

import static io.cachedconnection.internal.method.Readings.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.NotInKey;
import io.cachedconnection.PutConnection;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Annotations of users that bring those of this library along. */
class ComposedAnnotationsTest {

    @CachedConnection(cache = "books", key = "{id}", ttl = "PT7S")
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface CachedBook {}

    @CachedConnection(cache = "copies")
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface CachedCopy {}

    @CachedConnection(cache = "nearer")
    @CachedCopy
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Nearer {}

    @CachedBook
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface AlsoCachedBook {}

    @EvictConnection(cache = "books", key = "{id}")
    @EvictConnection(cache = "copies", all = true)
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface BookChanged {}

    @PutConnection(cache = "books", key = "{id}")
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface BookRenewed {}

    @PutConnection(cache = "copies", key = "{id}")
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface CopyRenewed {}

    @CachedConnection(cache = "books")
    @Retention(RetentionPolicy.RUNTIME)
    @interface NoBinding {}

    @NoBinding
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface OverNoBinding {}

    static class OnMethod {
        @AlsoCachedBook
        public String find(@NotInKey String shelf, long id) {
            return "";
        }
    }

    @CachedBook
    static class OnClass {
        public String find(@NotInKey String shelf, long id) {
            return "";
        }
    }

    @Test
    void lookup_composed_hasItsMembers() {
        for (Class<?> bean : List.of(OnMethod.class, OnClass.class)) {
            CachedMethod method = only(bean);

            assertThat(method.cache()).isEqualTo("books");
            assertThat(method.ttl()).hasSeconds(7);
            assertThat(method.key(new Object[] {"a", 5L}).text()).isEqualTo("books:5");
        }
    }

    static class Own {
        @CachedBook
        @CachedConnection(cache = "own")
        public String find(long id) {
            return "";
        }
    }

    static class OwnOfAnAnnotation {
        @Nearer
        public String find(long id) {
            return "";
        }
    }

    @Test
    void lookup_severalInOneLine_theNearerOneWins() {
        assertThat(only(Own.class).cache()).isEqualTo("own");
        assertThat(only(OwnOfAnAnnotation.class).cache()).isEqualTo("nearer");
    }

    static class Same {
        @CachedBook
        @AlsoCachedBook
        public String find(long id) {
            return "";
        }
    }

    @Test
    void lookup_twiceTheSame_isFine() {
        assertThat(only(Same.class).cache()).isEqualTo("books");
    }

    static class Torn {
        @CachedBook
        @CachedCopy
        public String find(long id) {
            return "";
        }

        @BookRenewed
        @CopyRenewed
        public String rename(long id) {
            return "";
        }
    }

    @CachedBook
    @CachedCopy
    static class TornClass {
        public String find(long id) {
            return "";
        }
    }

    @Test
    void read_annotationsThatDisagree_isRefused() {
        assertThat(Readings.read(Torn.class).problems())
                .containsExactly(
                        "CC-0140 Torn.find(long) inherits @CachedConnection from several annotations, with"
                                + " different members. Keep one of them.",
                        "CC-0140 Torn.rename(long) inherits @PutConnection from several annotations, with different"
                                + " members. Keep one of them.");
        assertThat(Readings.read(Torn.class).all()).isEmpty();
        assertThat(Readings.read(TornClass.class).problems())
                .singleElement()
                .asString()
                .startsWith("CC-0140 TornClass ");
    }

    static class Writes {
        @CachedBook
        public String find(long id) {
            return "";
        }

        @CachedCopy
        public String copy(long id) {
            return "";
        }

        @BookChanged
        public void change(long id) {}

        @BookRenewed
        @EvictConnection(cache = "copies")
        public String renew(long id) {
            return "";
        }
    }

    @Test
    void write_composed_doesAllThatItSays() {
        CachedBeans read = Readings.readAll(Writes.class);

        assertThat(read.problems()).isEmpty();
        assertThat(read.writes()).extracting(WriteMethod::toString).hasSize(2);
        WriteMethod change = read.findWrite(Writes.class, Readings.method(Writes.class, "change"));
        assertThat(change.evictions())
                .extracting(eviction -> eviction.space().cache())
                .containsExactly("books", "copies");
        WriteMethod renew = read.findWrite(Writes.class, Readings.method(Writes.class, "renew"));
        assertThat(renew.evictions())
                .extracting(eviction -> eviction.space().cache())
                .containsExactly("copies");
        assertThat(renew.put().space().cache()).isEqualTo("books");
    }

    @BookChanged
    static class WriteOnClass {}

    static class LookupAndWrite {
        @CachedBook
        @BookChanged
        public String find(long id) {
            return "";
        }
    }

    interface Lookup {
        @CachedBook
        String find(long id);

        @BookChanged
        void change(long id);
    }

    static class Forgetful implements Lookup {
        @Override
        public String find(long id) {
            return "";
        }

        @Override
        public void change(long id) {}
    }

    @Test
    void read_composedWhereItDoesNotBelong_isRefused() {
        assertThat(ids(WriteOnClass.class)).containsExactly("CC-0126");
        assertThat(ids(LookupAndWrite.class)).containsExactly("CC-0128");
        assertThat(ids(Forgetful.class)).containsExactly("CC-0121", "CC-0125");
    }

    interface NoBindings {
        @NoBinding
        String find(long id);
    }

    static class Overlooked implements NoBindings {
        @Override
        public String find(long id) {
            return "";
        }
    }

    static class DeepOverlooked {
        @OverNoBinding
        public String find(long id) {
            return "";
        }
    }

    @NoBinding
    static class OverlookedClass {}

    @Test
    void read_composedIsNoBinding_isRefused() {
        assertThat(Readings.read(Overlooked.class).problems())
                .containsExactly("CC-0139 Overlooked.find(long) (declared in NoBindings) has @NoBinding, which has"
                        + " an annotation of this library but is not an interceptor binding, so CDI ignores it. Put"
                        + " @InterceptorBinding on @NoBinding.");
        assertThat(ids(DeepOverlooked.class)).containsExactly("CC-0139");
        assertThat(ids(OverlookedClass.class)).containsExactly("CC-0139");
    }

    private static List<String> ids(Class<?> bean) {
        return Readings.read(bean).problems().stream()
                .map(problem -> problem.substring(0, 7))
                .toList();
    }
}
