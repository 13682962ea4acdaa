package io.cachedconnection.internal.method;

import static io.cachedconnection.internal.method.Readings.method;
import static io.cachedconnection.internal.method.Readings.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import java.time.LocalDate;
import java.time.LocalDateTime;
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
    }

    @Test
    void problems_twoTypesInOneCache_areSaid() {
        assertThat(readAll(OtherNumbers.class, Numbers.class).problems())
                .containsExactly("CC-0122 Numbers.optional(String) stores java.lang.Integer in cache n, but"
                        + " OtherNumbers.list(String) stores java.util.List<java.lang.Integer> there: each would"
                        + " read the"
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
    void problems_keysThatCanBeEqual_areSaidOncePerMethod() {
        assertThat(readAll(Sharing.class).problems())
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith(
                        "CC-0123 Sharing.a(UUID) can have the same keys in cache s as Sharing.b(String), so"))
                .anyMatch(problem -> problem.startsWith(
                        "CC-0123 Sharing.b(String) can have the same keys in cache s as Sharing.d(), so"));
    }

    static class OneQuestion {
        @CachedConnection(cache = "q", sharesEntries = true)
        public String get(UUID id) {
            return "";
        }

        @CachedConnection(cache = "q", sharesEntries = true)
        public Optional<String> find(UUID id) {
            return Optional.empty();
        }
    }

    static class Joining {
        @CachedConnection(cache = "q")
        public String active(UUID id) {
            return "";
        }
    }

    @Test
    void problems_keysThatCanBeEqual_areNoneIfAllSaySo() {
        assertThat(readAll(OneQuestion.class).problems()).isEmpty();
        assertThat(readAll(OneQuestion.class, Joining.class).problems())
                .singleElement()
                .asString()
                .startsWith("CC-0123 Joining.active(UUID) can have the same keys in cache q as OneQuestion.find(UUID),"
                        + " OneQuestion.get(UUID), so");
    }

    static class Shelf {
        @CachedConnection(cache = "shelf")
        public String find(UUID id) {
            return "";
        }
    }

    static class Stub extends Shelf {}

    abstract static class Table {
        @CachedConnection(cache = "table")
        public String find(UUID id) {
            return name();
        }

        abstract String name();
    }

    static class Live extends Table {
        @Override
        String name() {
            return "live";
        }
    }

    static class Archive extends Table {
        @Override
        String name() {
            return "archive";
        }
    }

    @Test
    void problems_inheritedLookup_isTheSameOnlyFromAConcreteClass() {
        assertThat(readAll(Shelf.class, Stub.class).problems()).isEmpty();
        assertThat(readAll(Live.class, Archive.class).problems())
                .singleElement()
                .asString()
                .startsWith("CC-0123 Archive.find(UUID) (declared in Table) can have the same keys in cache table as");
    }

    enum Kind {
        BOOK
    }

    enum State {
        OPEN
    }

    static class NeverEqual {
        @CachedConnection(cache = "e")
        public String byId(UUID id) {
            return "";
        }

        @CachedConnection(cache = "e")
        public String byKind(Kind kind) {
            return "";
        }

        @CachedConnection(cache = "e")
        public String byState(State state) {
            return "";
        }

        @CachedConnection(cache = "e")
        public String byDay(LocalDate day) {
            return "";
        }

        @CachedConnection(cache = "e")
        public String byTime(LocalDateTime time) {
            return "";
        }

        @CachedConnection(cache = "e")
        public String byNumber(long number) {
            return "";
        }

        @CachedConnection(cache = "e", key = "all")
        public String all() {
            return "";
        }
    }

    @Test
    void problems_keysWithoutACommonText_areNone() {
        assertThat(readAll(NeverEqual.class).problems()).isEmpty();
    }

    static class TwoSpellings {
        @CachedConnection(cache = "w", sharesEntries = true)
        public String find(UUID id) {
            return "";
        }

        @CachedConnection(cache = "w", sharesEntries = true)
        public String find(String id) {
            return "";
        }

        @EvictConnection(cache = "w")
        public void delete(UUID id) {}
    }

    @Test
    void problems_writeThatFitsOneOfTwoSpellings_isSaid() {
        assertThat(readAll(TwoSpellings.class).problems())
                .containsExactly(
                        "CC-0130 TwoSpellings.delete(UUID) writes the key {UUID} in cache w, but the lookups there"
                                + " have another: TwoSpellings.find(String) has {String}. Make the key of parts"
                                + " with the same types.");
    }

    static class OfTheDefaultCache {
        @CachedConnection
        public String find(String name) {
            return "";
        }

        @EvictConnection
        public void delete(String name) {}
    }

    @Test
    void problems_writeThatFitsItsLookupAndReadsLikeAProgrammaticOne_areNone() {
        CachedMethod programmatic =
                ProgrammaticLookups.of("programmatic", "provider-connection", UUID.class, String.class);

        assertThat(CachedBeans.of(List.of(BeanReading.of(OfTheDefaultCache.class)), List.of(programmatic))
                        .problems())
                .isEmpty();
    }

    @SuppressWarnings("UnusedMethod")
    static class Broken {
        @CachedConnection(cache = "b")
        private String find(Object id) {
            return "";
        }

        @EvictConnection(cache = "b")
        public void delete(UUID id) {}

        @EvictConnection(cache = "nowhere")
        public void lost(UUID id) {}
    }

    @Test
    void problems_lookupThatIsWrong_isNotMissedByItsWrites() {
        CachedBeans beans = readAll(Broken.class);

        assertThat(beans.problems())
                .extracting(problem -> problem.substring(0, problem.indexOf('(')))
                .containsExactly("CC-0102 Broken.find", "CC-0110 Broken.find", "CC-0129 Broken.lost");
        assertThat(beans.caches()).containsExactly("b");
    }

    @SuppressWarnings("UnusedMethod")
    static class Private {
        @CachedConnection(cache = "n")
        private List<Long> find(String name) {
            return List.of();
        }
    }

    @Test
    void problems_methodThatIsWrongInItself_isComparedWithOthersAllTheSame() {
        assertThat(readAll(Numbers.class, Private.class).problems())
                .extracting(problem -> problem.substring(0, 7))
                .containsExactly("CC-0102", "CC-0122");
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
