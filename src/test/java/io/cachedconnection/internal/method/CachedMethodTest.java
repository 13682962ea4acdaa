package io.cachedconnection.internal.method;

import static io.cachedconnection.internal.method.Readings.key;
import static io.cachedconnection.internal.method.Readings.only;
import static io.cachedconnection.internal.method.Readings.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.CacheKey;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.NotInKey;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CachedMethodTest {

    private static final UUID ID = UUID.fromString("11111111-2222-3333-4444-555555555555");

    /** A value class that must never be asked for its text or hash. */
    static class Book {
        public String title = "t";
        public static final String SHELF = "s";
        private final UUID id = ID;
        private final Optional<Integer> pages = Optional.of(7);

        public UUID getId() {
            return id;
        }

        public boolean isLent() {
            return true;
        }

        public Optional<Integer> getPages() {
            return pages;
        }

        public Book getSequel() {
            return null;
        }

        public String getBroken() {
            throw new IllegalStateException("broken");
        }

        public String getChecked() throws IOException {
            throw new IOException("checked");
        }

        @Override
        public String toString() {
            throw new AssertionError("toString of an argument");
        }

        @Override
        public int hashCode() {
            throw new AssertionError("hashCode of an argument");
        }

        @Override
        public boolean equals(Object other) {
            throw new AssertionError("equals of an argument");
        }
    }

    record Page<T>(T number, List<T> words) {}

    record Pair<A, B>(A first, B second) {}

    enum Status {
        ACTIVE {
            @Override
            public String toString() {
                return "not me";
            }
        }
    }

    static class ById {
        @CachedConnection
        public Optional<Book> find(UUID id) {
            return Optional.empty();
        }
    }

    @Test
    void key_uuid_isThatOfTheOriginalSystem() {
        assertThat(only(ById.class).key(new Object[] {ID}).text())
                .isEqualTo("provider:conn:11111111-2222-3333-4444-555555555555");
    }

    @Test
    void key_nullArgument_isNone() {
        assertThat(only(ById.class).key(new Object[] {null})).isNull();
    }

    @Test
    void members_byDefault_areLeftToTheConfiguration() {
        CachedMethod method = only(ById.class);

        assertThat(method.cache()).isEqualTo("provider-connection");
        assertThat(method.ttl()).isNull();
        assertThat(method.name()).isEqualTo("ById.find(UUID)").isEqualTo(method.toString());
    }

    static class Annotated {
        @CachedConnection(cache = "books-of-shelf", key = "of:{shelf}:{status}", ttl = "PT30S")
        public List<Book> find(String shelf, Status status) {
            return List.of();
        }
    }

    @Test
    void members_annotated_areThose() {
        CachedMethod method = only(Annotated.class);

        assertThat(method.cache()).isEqualTo("books-of-shelf");
        assertThat(method.ttl()).isEqualTo(Duration.ofSeconds(30));
        assertThat(method.key(new Object[] {"a:b", Status.ACTIVE}).text())
                .isEqualTo("books-of-shelf:%.of:a%3Ab:ACTIVE");
        assertThat(method.key(new Object[] {"a", null})).isNull();
    }

    static class Words {
        @CachedConnection(cache = "a", key = "{0}")
        public String aByte(byte v) {
            return "";
        }

        @CachedConnection(cache = "a")
        public String bShort(Short v) {
            return "";
        }

        @CachedConnection(cache = "a")
        public String cInt(int v) {
            return "";
        }

        @CachedConnection(cache = "a")
        public String dLong(long v) {
            return "";
        }

        @CachedConnection(cache = "a")
        public String eBig(BigInteger v) {
            return "";
        }

        @CachedConnection(cache = "a")
        public String fBoolean(boolean v) {
            return "";
        }

        @CachedConnection(cache = "a")
        public String gChar(char v) {
            return "";
        }

        @CachedConnection(cache = "a")
        public String hString(String v) {
            return "";
        }

        @CachedConnection(cache = "a")
        public String iEnum(DayOfWeek v) {
            return "";
        }

        @CachedConnection(cache = "a")
        public String jDate(LocalDate v) {
            return "";
        }

        @CachedConnection(cache = "a")
        public String kTime(LocalTime v) {
            return "";
        }

        @CachedConnection(cache = "a")
        public String lDateTime(LocalDateTime v) {
            return "";
        }

        @CachedConnection(cache = "a")
        public String mInstant(Instant v) {
            return "";
        }

        @CachedConnection(cache = "a")
        public String nOffset(OffsetDateTime v) {
            return "";
        }

        @CachedConnection(cache = "a")
        public String oOffsetTime(OffsetTime v) {
            return "";
        }

        @CachedConnection(cache = "a")
        public String pZoned(ZonedDateTime v) {
            return "";
        }

        @CachedConnection(cache = "a")
        public String qYear(Year v) {
            return "";
        }

        @CachedConnection(cache = "a")
        public String rYearMonth(YearMonth v) {
            return "";
        }

        @CachedConnection(cache = "a")
        public String sMonthDay(MonthDay v) {
            return "";
        }

        @CachedConnection(cache = "a")
        public String tDuration(Duration v) {
            return "";
        }

        @CachedConnection(cache = "a")
        public String uPeriod(Period v) {
            return "";
        }
    }

    static Stream<Arguments> words() {
        return Stream.of(
                Arguments.of("aByte", (byte) -1, "-1"),
                Arguments.of("bShort", (short) 2, "2"),
                Arguments.of("cInt", 3, "3"),
                Arguments.of("dLong", Long.MIN_VALUE, "-9223372036854775808"),
                Arguments.of("eBig", new BigInteger("123456789012345678901"), "123456789012345678901"),
                Arguments.of("fBoolean", true, "true"),
                Arguments.of("gChar", ':', "%3A"),
                Arguments.of("hString", "", ""),
                Arguments.of("iEnum", DayOfWeek.FRIDAY, "FRIDAY"),
                Arguments.of("jDate", LocalDate.of(2026, 11, 22), "2026-11-22"),
                Arguments.of("kTime", LocalTime.of(10, 15), "10%3A15"),
                Arguments.of("lDateTime", LocalDateTime.of(2026, 11, 22, 10, 15), "2026-11-22T10%3A15"),
                Arguments.of("mInstant", Instant.EPOCH, "1970-01-01T00%3A00%3A00Z"),
                Arguments.of("nOffset", OffsetDateTime.parse("2026-01-01T00:00+01:00"), "2026-01-01T00%3A00+01%3A00"),
                Arguments.of("oOffsetTime", OffsetTime.parse("00:00Z"), "00%3A00Z"),
                Arguments.of(
                        "pZoned",
                        ZonedDateTime.parse("2026-01-01T00:00+01:00[Europe/Paris]"),
                        "2026-01-01T00%3A00+01%3A00[Europe/Paris]"),
                Arguments.of("qYear", Year.of(2026), "2026"),
                Arguments.of("rYearMonth", YearMonth.of(2026, 1), "2026-01"),
                Arguments.of("sMonthDay", MonthDay.of(1, 2), "--01-02"),
                Arguments.of("tDuration", Duration.ofMillis(-500), "PT-0.5S"),
                Arguments.of("uPeriod", Period.ofMonths(12), "P12M"));
    }

    @ParameterizedTest
    @MethodSource("words")
    void key_valueOfOneWord_isThatWord(String method, Object value, String text) {
        CachedMethods words = read(Words.class);

        assertThat(words.problems()).isEmpty();
        assertThat(words.find(Readings.method(Words.class, method))
                        .key(new Object[] {value})
                        .text())
                .isEqualTo("a:" + text);
    }

    static class Composed {
        @CachedConnection
        public String find(Page<Integer> page, List<List<String>> lists, Optional<Status> status) {
            return "";
        }
    }

    @Test
    void key_recordsListsAndOptionals_areMarked() {
        CachedMethod method = only(Composed.class);
        Page<Integer> page = new Page<>(1, List.of(2, 3));

        assertThat(key(method, page, List.of(), Optional.empty())).isEqualTo("%(1%,%(2%,3%,%)%,%):%(%):%-");
        assertThat(key(method, page, List.of(List.of(), List.of("")), Optional.of(Status.ACTIVE)))
                .isEqualTo("%(1%,%(2%,3%,%)%,%):%(%(%)%,%(%,%)%,%):ACTIVE");
    }

    @Test
    void key_nullInsideAnArgument_hasATextThatNothingElseHas() {
        CachedMethod method = only(Composed.class);
        Page<Integer> page = new Page<>(1, List.of());

        assertThat(key(method, new Page<>(null, List.of()), List.of(), Optional.empty()))
                .isEqualTo("%(%_%,%(%)%,%):%(%):%-");
        assertThat(key(method, new Page<>(1, Arrays.asList(2, null)), List.of(), Optional.empty()))
                .isEqualTo("%(1%,%(2%,%_%,%)%,%):%(%):%-");
        assertThat(key(method, page, Arrays.asList(List.of(), null), Optional.empty()))
                .isEqualTo("%(1%,%(%)%,%):%(%(%)%,%_%,%):%-");
    }

    @Test
    void key_argumentIsNull_isNone() {
        Page<Integer> page = new Page<>(1, List.of());

        assertThat(key(only(Composed.class), page, List.of(), null)).isNull();
    }

    static class SetsAndArrays {
        @CachedConnection
        public String find(Set<String> words, SortedSet<Integer> numbers, int[][] rows, String... more) {
            return "";
        }
    }

    @Test
    void key_setsAndArrays_areListsAndTheOrderOfASetMeansNothing() {
        CachedMethod method = only(SetsAndArrays.class);
        Set<String> one = new LinkedHashSet<>(Arrays.asList("b", null, "a"));
        Set<String> other = new LinkedHashSet<>(Arrays.asList(null, "a", "b"));
        SortedSet<Integer> numbers = new TreeSet<>(List.of(10, 9));
        int[][] rows = {{1, 2}, {}};

        assertThat(key(method, one, numbers, rows, new String[] {"b", "a"}))
                .isEqualTo("%(%_%,a%,b%,%):%(10%,9%,%):%(%(1%,2%,%)%,%(%)%,%):%(b%,a%,%)")
                .isEqualTo(key(method, other, numbers, rows, new String[] {"b", "a"}));
    }

    static class NestedRecords {
        @CachedConnection
        public String find(Pair<Pair<String, Long>, Optional<UUID>> pair) {
            return "";
        }
    }

    @Test
    void key_genericRecordWithinItself_isResolved() {
        assertThat(key(only(NestedRecords.class), new Pair<>(new Pair<>("a", 1L), Optional.empty())))
                .isEqualTo("%(%(a%,1%,%)%,%-%,%)");
    }

    static class Marked {
        @CachedConnection
        public String find(@CacheKey UUID id, @NotInKey Object patience, @CacheKey String word) {
            return "";
        }
    }

    @Test
    void key_markedParameters_areTheKeyAndNoOthersCount() {
        assertThat(key(only(Marked.class), ID, new Book(), "w")).isEqualTo(ID + ":w");
        assertThat(key(only(Marked.class), ID, null, "w")).isEqualTo(ID + ":w");
    }

    static class ByProperties {
        @CachedConnection(key = "{book.id}:{book.title}:{0.lent}:{book.pages}:{1.first.number}")
        public String find(Book book, Pair<Page<Long>, String> pair) {
            return "";
        }

        @CachedConnection(cache = "b", key = "{book.sequel.id}")
        public String ofSequel(Book book) {
            return "";
        }

        @CachedConnection(cache = "c", key = "{book.broken}")
        public String ofBroken(Book book) {
            return "";
        }

        @CachedConnection(cache = "d", key = "{book.checked}")
        public String ofChecked(Book book) {
            return "";
        }
    }

    @Test
    void key_properties_areReadByComponentGetterAndField() {
        Pair<Page<Long>, String> pair = new Pair<>(new Page<>(5L, List.of()), "");

        assertThat(key(byProperty("find"), new Book(), pair)).isEqualTo(ID + ":t:true:7:5");
        assertThat(key(byProperty("find"), new Book(), new Pair<>(null, ""))).isNull();
        assertThat(byProperty("ofSequel").key(new Object[] {new Book()})).isNull();
    }

    @Test
    void key_getterThrows_reachesTheCaller() {
        assertThatThrownBy(() -> byProperty("ofBroken").key(new Object[] {new Book()}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
        assertThatThrownBy(() -> byProperty("ofChecked").key(new Object[] {new Book()}))
                .isInstanceOf(UndeclaredThrowableException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    private static CachedMethod byProperty(String name) {
        CachedMethods methods = read(ByProperties.class);
        assertThat(methods.problems()).isEmpty();
        return methods.find(Readings.method(ByProperties.class, name));
    }

    interface Named {
        default String getName() {
            return "n";
        }
    }

    static class Base<T> {
        private final T owner;

        Base(T owner) {
            this.owner = owner;
        }

        public T getOwner() {
            return owner;
        }
    }

    static class Shelf extends Base<List<String>> implements Named {
        Shelf(List<String> owner) {
            super(owner);
        }
    }

    static class ByInherited {
        @CachedConnection(key = "{shelf.owner}:{shelf.name}")
        public String find(Shelf shelf) {
            return "";
        }
    }

    @Test
    void key_inheritedProperties_areResolved() {
        assertThat(key(only(ByInherited.class), new Shelf(List.of("o")))).isEqualTo("%(o%,%):n");
    }

    static class HiddenBase {
        public List<String> getWords() {
            return List.of("w");
        }
    }

    /** Public, so the compiler gives it a bridge method that has lost the type argument. */
    public static class Revealed extends HiddenBase {}

    static class ByBridged {
        @CachedConnection(key = "{revealed.words}")
        public String find(Revealed revealed) {
            return "";
        }
    }

    @Test
    void key_getterBehindABridgeMethod_keepsItsTypeArguments() {
        assertThat(key(only(ByBridged.class), new Revealed())).isEqualTo("%(w%,%)");
    }

    static class Constant {
        @CachedConnection(key = "all")
        public List<Book> find() {
            return List.of();
        }
    }

    @Test
    void key_constantTemplate_needsNoArguments() {
        assertThat(key(only(Constant.class))).isEqualTo("all");
    }

    static class Returns {
        @CachedConnection(cache = "a")
        public Optional<String> optional(long id) {
            return Optional.empty();
        }

        @CachedConnection(cache = "b")
        public int primitive(long id) {
            return 0;
        }

        @CachedConnection(cache = "c")
        public List<String> plain(long id) {
            return List.of();
        }
    }

    @Test
    void valueType_optionalOrPrimitive_isUnwrappedOrBoxed() throws NoSuchMethodException {
        assertThat(returning("optional").valueType()).isEqualTo(String.class);
        assertThat(returning("primitive").valueType()).isEqualTo(Integer.class);
        assertThat(returning("plain").valueType())
                .isEqualTo(Returns.class.getMethod("plain", long.class).getGenericReturnType());
    }

    @Test
    void wrap_optional_makesOne() {
        CachedMethod optional = returning("optional");

        assertThat(optional.wrap("a")).isEqualTo(Optional.of("a"));
        assertThat(optional.wrap(null)).isEqualTo(Optional.empty());
        assertThat(optional.unwrap(Optional.of("a"))).isEqualTo("a");
        assertThat(optional.unwrap(Optional.empty())).isNull();
        assertThat(optional.unwrap(null)).isNull();
    }

    @Test
    void wrap_anythingElse_leavesItAlone() {
        List<String> value = List.of("a");

        assertThat(returning("plain").wrap(value)).isSameAs(value);
        assertThat(returning("plain").unwrap(value)).isSameAs(value);
        assertThat(returning("plain").wrap(null)).isNull();
    }

    @Test
    void accepts_whatTheMethodCannotReturn_isFalse() {
        assertThat(returning("primitive").accepts(null)).isFalse();
        assertThat(returning("primitive").accepts(1L)).isFalse();
        assertThat(returning("primitive").accepts(1)).isTrue();
        assertThat(returning("plain").accepts(null)).isTrue();
        assertThat(returning("plain").accepts(List.of())).isTrue();
        assertThat(returning("plain").accepts("a")).isFalse();
    }

    private static CachedMethod returning(String name) {
        return read(Returns.class).find(Readings.method(Returns.class, name));
    }
}
