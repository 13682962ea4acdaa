package io.cachedconnection.internal.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.CacheKey;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.PutConnection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What is wrong with methods that write, alone and beside the lookups. */
class WriteProblemsTest {

    record Book(UUID id, String title) {}

    static class Lookups {
        @CachedConnection(cache = "books")
        public Optional<Book> find(UUID id) {
            return Optional.empty();
        }

        @CachedConnection(cache = "titles", key = "title:{language}:{id}")
        public String title(String language, UUID id) {
            return "";
        }
    }

    private static List<String> problems(Class<?> bean) {
        return Readings.readAll(Lookups.class, bean).problems();
    }

    static class Right {
        @EvictConnection(cache = "books", key = "{book.id}")
        @EvictConnection(cache = "titles", all = true)
        @EvictConnection(cache = "titles", key = "title:{1}:{book.id}")
        public void save(Book book, String language) {}

        @EvictConnection(cache = "books")
        public void delete(UUID id) {}

        @EvictConnection(cache = "books")
        public void deleteBecause(@CacheKey UUID id, String why) {}

        @PutConnection(cache = "books", key = "{result.id}", ttl = "PT5S")
        public Optional<Book> add(String title) {
            return Optional.empty();
        }

        @PutConnection(cache = "books")
        public Book rename(UUID id) {
            return new Book(id, "");
        }
    }

    @Test
    void read_fittingWrites_haveNoProblems() {
        assertThat(problems(Right.class)).isEmpty();
        assertThat(Readings.readAll(Lookups.class, Right.class).writes()).hasSize(5);
    }

    static class AllAndKey {
        @EvictConnection(cache = "books", key = "{id}", all = true)
        public void delete(UUID id) {}
    }

    @Test
    void read_allTogetherWithKey_isRefused() {
        assertThat(problems(AllAndKey.class))
                .containsExactly("CC-0127 AllAndKey.delete(UUID) has an @EvictConnection with both all = true and a"
                        + " key. Remove one of them.");
    }

    static class UnknownCache {
        @EvictConnection(cache = "bokos")
        public void delete(UUID id) {}

        @PutConnection(cache = "bokos")
        public Book rename(UUID id) {
            return new Book(id, "");
        }
    }

    @Test
    void read_cacheThatNoLookupHas_isRefused() {
        assertThat(problems(UnknownCache.class))
                .containsExactly(
                        "CC-0129 UnknownCache.delete(UUID) writes to cache bokos, but no lookup uses that cache."
                                + " Correct the name. Available: books, titles.",
                        "CC-0129 UnknownCache.rename(UUID) writes to cache bokos, but no lookup uses that cache."
                                + " Correct the name. Available: books, titles.");
    }

    static class OtherKeys {
        @EvictConnection(cache = "books")
        public void number(long id) {}

        @EvictConnection(cache = "books")
        public void record(Book book) {}

        @EvictConnection(cache = "books")
        public void twoParts(UUID id, String more) {}

        @EvictConnection(cache = "titles", key = "text:{0}:{1}")
        public void otherText(String language, UUID id) {}

        @PutConnection(cache = "books")
        public Book put(Book book) {
            return book;
        }
    }

    @Test
    void read_keyThatNoLookupCanHave_isRefused() {
        assertThat(problems(OtherKeys.class))
                .hasSize(5)
                .allMatch(problem -> problem.startsWith("CC-0130 OtherKeys."))
                .contains("CC-0130 OtherKeys.number(long) writes the key {long} in cache books, but the lookups there"
                        + " have another: Lookups.find(UUID) has {UUID}. Make the key of parts with the"
                        + " same types.");
    }

    record Pair(int left, int right) {}

    enum State {
        OPEN,
        SHUT
    }

    static class Constants {
        @CachedConnection(cache = "numbers")
        public String number(long id) {
            return "";
        }

        @CachedConnection(cache = "numbers", key = "x:{id}")
        public String numberOfX(String id) {
            return "";
        }

        @CachedConnection(cache = "ids")
        public String id(UUID id) {
            return "";
        }

        @CachedConnection(cache = "flags")
        public String flag(boolean flag) {
            return "";
        }

        @CachedConnection(cache = "states", key = "state:{state}")
        public String state(State state) {
            return "";
        }

        @CachedConnection(cache = "pairs")
        public String pair(Pair pair) {
            return "";
        }

        @CachedConnection(cache = "words")
        public String word(String word) {
            return "";
        }

        @CachedConnection(cache = "options")
        public String option(Optional<Integer> option) {
            return "";
        }
    }

    static class ConstantsThatAreKeys {
        @EvictConnection(cache = "numbers", key = "-12")
        @EvictConnection(cache = "numbers", key = "0")
        @EvictConnection(cache = "numbers", key = "x:const")
        @EvictConnection(cache = "ids", key = "c0000000-0000-4000-8000-000000000001")
        @EvictConnection(cache = "flags", key = "true")
        @EvictConnection(cache = "states", key = "state:OPEN")
        @EvictConnection(cache = "words", key = "const")
        @EvictConnection(cache = "options", key = "7")
        public void write() {}
    }

    static class ConstantsThatAreNone {
        @EvictConnection(cache = "numbers", key = "const")
        public void word() {}

        @EvictConnection(cache = "numbers", key = "007")
        public void zeros() {}

        @EvictConnection(cache = "numbers", key = "y:7")
        public void otherText() {}

        @EvictConnection(cache = "ids", key = "C0000000-0000-4000-8000-000000000001")
        public void upperCase() {}

        @EvictConnection(cache = "flags", key = "yes")
        public void yes() {}

        @EvictConnection(cache = "states", key = "state:AJAR")
        public void ajar() {}

        @EvictConnection(cache = "pairs", key = "1,2")
        public void pair() {}
    }

    @Test
    void read_constantKey_isComparedWithWhatTheTypeCanRead() {
        assertThat(Readings.readAll(Constants.class, ConstantsThatAreKeys.class).problems())
                .isEmpty();
        assertThat(Readings.readAll(Constants.class, ConstantsThatAreNone.class).problems())
                .hasSize(7)
                .allMatch(problem -> problem.startsWith("CC-0130 ConstantsThatAreNone."));
    }

    static class OtherResults {
        @PutConnection(cache = "books")
        public String other(UUID id) {
            return "";
        }

        @PutConnection(cache = "books")
        public void nothing(UUID id) {}
    }

    @Test
    void read_resultThatDoesNotFit_isRefused() {
        assertThat(problems(OtherResults.class))
                .containsExactly(
                        "CC-0132 OtherResults.nothing(UUID) returns void, so there is nothing to put. Use"
                                + " @EvictConnection instead.",
                        "CC-0131 OtherResults.other(UUID) puts java.lang.String into cache books, which holds "
                                + Book.class.getTypeName()
                                + " (Lookups.find(UUID)). Return that type, or use @EvictConnection instead.");
    }

    @SuppressWarnings("UnusedMethod")
    static class Unreachable {
        @EvictConnection(cache = "books")
        private void hidden(UUID id) {}

        @EvictConnection(cache = "books")
        public static void shared(UUID id) {}

        @EvictConnection(cache = "books")
        @EvictConnection(cache = "titles", all = true)
        public final void fixed(UUID id) {}

        @PutConnection(cache = "books")
        public final Book fixedPut(UUID id) {
            return new Book(id, "");
        }
    }

    @Test
    void read_notInterceptable_isRefused() {
        assertThat(problems(Unreachable.class))
                .extracting(problem -> problem.substring(0, 7))
                .containsExactlyInAnyOrder("CC-0102", "CC-0103", "CC-0104", "CC-0104");
    }

    static class Keys {
        @EvictConnection(cache = "books")
        public void nothingToMakeAKeyOf() {}

        @EvictConnection(cache = "books", key = "{ide}")
        public void unknown(UUID id) {}

        @EvictConnection(cache = "books", key = "{result}")
        public void resultOfNothing(UUID id) {}

        @EvictConnection(cache = "books", key = "{result}")
        public UUID resultOfAnEviction(UUID id) {
            return id;
        }

        @PutConnection(cache = "books", key = "{1}")
        public Book resultByIndex(UUID id) {
            return new Book(id, "");
        }

        @PutConnection(cache = "books", key = "{result}")
        public Book resultTwice(UUID result) {
            return new Book(result, "");
        }

        @PutConnection(cache = "books", ttl = "soon")
        public Book ttl(UUID id) {
            return new Book(id, "");
        }
    }

    @Test
    void read_keysAndTtls_areCheckedAsThoseOfLookups() {
        assertThat(problems(Keys.class))
                .extracting(problem -> problem.substring(0, problem.indexOf('(')))
                .containsExactlyInAnyOrder(
                        "CC-0111 Keys.nothingToMakeAKeyOf",
                        "CC-0106 Keys.unknown",
                        "CC-0106 Keys.resultOfNothing",
                        "CC-0107 Keys.resultByIndex",
                        "CC-0133 Keys.resultTwice",
                        "CC-0113 Keys.ttl");
    }

    static class Both {
        @CachedConnection(cache = "books")
        @EvictConnection(cache = "titles", all = true)
        public Optional<Book> find(UUID id) {
            return Optional.empty();
        }

        @EvictConnection(cache = "books")
        public CompletionStage<Void> later(UUID id) {
            return null;
        }
    }

    @Test
    void read_lookupAndWriteInOne_isRefused() {
        assertThat(problems(Both.class))
                .extracting(problem -> problem.substring(0, 7))
                .containsExactlyInAnyOrder("CC-0128", "CC-0134");
    }

    @EvictConnection(cache = "books")
    static class OnClass {
        public void delete(UUID id) {}
    }

    interface Writer {
        @EvictConnection(cache = "books")
        void delete(UUID id);
    }

    static class Forgetful implements Writer {
        @Override
        public void delete(UUID id) {}
    }

    @Test
    void read_annotationsWhereTheyDoNothing_areRefused() {
        assertThat(problems(OnClass.class)).singleElement().asString().startsWith("CC-0126 OnClass has");
        assertThat(problems(Forgetful.class)).singleElement().asString().startsWith("CC-0125 ");
    }

    abstract static class Base<I> {
        @EvictConnection(cache = "books")
        public void delete(I id) {}

        @EvictConnection(cache = "books")
        public void deleteAsItIs(I id) {}
    }

    static class Overrides extends Base<UUID> {
        @Override
        public void delete(UUID id) {
            super.delete(id);
        }
    }

    static class OverridesAndRepeats extends Base<UUID> {
        @Override
        @EvictConnection(cache = "books")
        public void delete(UUID id) {}
    }

    static class InheritsAll extends OverridesAndRepeats {}

    @Test
    void read_writeOverriddenWithoutItsAnnotation_isRefused() {
        assertThat(problems(Overrides.class))
                .containsExactly(
                        "CC-0125 Overrides.delete(UUID) (declared in Base) has @EvictConnection or @PutConnection"
                                + " only on Base, where CDI does not see it. Repeat the annotation on the bean.");
        assertThat(problems(OverridesAndRepeats.class)).isEmpty();
        assertThat(problems(InheritsAll.class)).isEmpty();
    }

    @CachedConnection(cache = "numbers")
    static class CachedClass {
        public int find(UUID id) {
            return 0;
        }

        @PutConnection(cache = "numbers")
        public int store(UUID id) {
            return 1;
        }
    }

    @Test
    void read_writeInACachedClass_isNoLookup() {
        CachedBeans beans = Readings.readAll(CachedClass.class);

        assertThat(beans.problems()).isEmpty();
        assertThat(beans.methods()).extracting(CachedMethod::name).containsExactly("CachedClass.find(UUID)");
        assertThat(beans.writes()).extracting(WriteMethod::name).containsExactly("CachedClass.store(UUID)");
    }
}
