package io.cachedconnection.internal.method;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import io.cachedconnection.CacheKey;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.internal.types.TypeBindings;
import jakarta.json.JsonValue;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Month;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kotlin.coroutines.Continuation;
import org.assertj.core.api.AbstractAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a write may return, and what may do its work later. {@link Cache} and others stand for interfaces of any library. */
class LaterTypesTest {

    interface HasTitle {
        String title();
    }

    record Book(String title, HasTitle other) implements HasTitle {}

    record Node(List<Node> children) {}

    record Money(JsonValue amount, Executor carelessly) {}

    sealed interface Outcome permits Done {}

    record Done(Book book) implements Outcome {}

    static class Page<T> {}

    abstract static class Base<T> {
        public abstract T ofBase();
    }

    /** Returns values. */
    abstract static class Values extends Base<Book> {
        abstract void nothing();

        abstract Void nothingBoxed();

        abstract int count();

        abstract Boolean isDone();

        abstract String text();

        abstract CharSequence anyText();

        abstract byte[] bytes();

        abstract Book[][] books();

        abstract Number number();

        abstract BigDecimal decimal();

        abstract AtomicInteger atomic();

        abstract LocalDate date();

        abstract Duration duration();

        abstract Month month();

        abstract UUID uuid();

        abstract Locale locale();

        abstract Currency currency();

        abstract URI uri();

        abstract Path path();

        abstract Optional<List<Book>> optional();

        abstract Collection<? extends Book> collection();

        abstract SortedMap<String, Object> sortedMap();

        abstract ConcurrentMap<?, Book> concurrentMap();

        abstract Map.Entry<String, Book> entry();

        abstract HasTitle ofApplication();

        abstract Outcome sealed();

        abstract Node node();

        abstract Money money();

        abstract Page<Book> page();

        abstract JsonValue json();

        abstract <S extends Book> S variable(S book);
    }

    record WithLater(String title, Supplier<Book> book) {}

    record WithLaterOfLibrary<T>(Cache<String, T> books) {}

    record Deep(Optional<WithLater> inside) {}

    static final class OwnCallable implements Callable<Book> {
        @Override
        public Book call() {
            throw new IllegalStateException();
        }
    }

    interface OwnPublisher extends Flow.Publisher<Book> {}

    @FunctionalInterface
    interface Action {
        void run();
    }

    /** Returns what may do something later, or contains such a thing. */
    abstract static class Later {
        abstract CompletableFuture<Book> completable();

        abstract Future<Void> future();

        abstract Flow.Publisher<Book> publisher();

        abstract OwnPublisher ownPublisher();

        abstract Callable<Book> callable();

        abstract OwnCallable ownCallable();

        abstract Runnable runnable();

        abstract Thread thread();

        abstract Supplier<Book> supplier();

        abstract Function<Book, Book> function();

        abstract Action action();

        abstract Iterator<Book> iterator();

        abstract Iterable<Book> iterable();

        abstract Stream<Book> stream();

        abstract IntStream intStream();

        abstract ResultSet resultSet();

        abstract Blob blob();

        abstract Executor executor();

        abstract Cache<String, Book> ofLibrary();

        abstract AbstractAssert<?, Book> abstractOfLibrary();

        abstract Optional<Cache<String, Book>> inOptional();

        abstract List<Supplier<Book>> inList();

        abstract List<? extends Callable<Book>> inWildcard();

        abstract Supplier<Book>[] inArray();

        abstract Page<Cache<String, Book>> inOwn();

        abstract Map<String, List<Runnable>> inMap();

        abstract WithLater inRecord();

        abstract WithLaterOfLibrary<Book> inRecordOfLibrary();

        abstract Deep deep();

        abstract Object unknown();

        abstract Serializable serializable();

        abstract <S extends Supplier<Book>> S variable(S supplier);
    }

    static Stream<Method> values() {
        return Stream.of(Values.class.getMethods(), Values.class.getDeclaredMethods())
                .flatMap(Stream::of)
                .filter(method -> method.getDeclaringClass() != Object.class)
                .distinct();
    }

    static Stream<Method> laterOnes() {
        return Stream.of(Later.class.getDeclaredMethods());
    }

    private static Type found(Method method) {
        Type type = TypeBindings.of(Values.class).resolve(method.getGenericReturnType());
        return LaterTypes.find(type, Values.class);
    }

    @ParameterizedTest
    @MethodSource("values")
    void find_value_isNone(Method method) {
        assertThat(found(method)).isNull();
    }

    @ParameterizedTest
    @MethodSource("laterOnes")
    void find_later_isFound(Method method) {
        assertThat(found(method)).isNotNull();
    }

    static class Wrong {

        @EvictConnection
        public Optional<Cache<String, Book>> write(UUID id) {
            return Optional.empty();
        }

        @CachedConnection
        public Comparator<Book> isAValueButOdd(UUID id) {
            return null;
        }

        @CachedConnection(cache = "caches")
        public Cache<String, Book> lookup(UUID id) {
            return null;
        }
    }

    @Test
    void read_later_isAProblemOfLookupsAndWrites() {
        String type = "com.github.benmanes.caffeine.cache.Cache<java.lang.String, " + Book.class.getName() + ">";
        assertThat(Readings.read(Wrong.class).problems())
                .containsExactly(
                        "CC-0166 Wrong.lookup(UUID) returns " + type + ", and " + type
                                + " may do its work later: it is an interface or abstract class that belongs"
                                + " neither to the application nor to the values of Java. Return a record"
                                + " or class of the application, or a collection of these.",
                        "CC-0134 Wrong.write(UUID) returns java.util.Optional<" + type + ">, and " + type
                                + " may do its work later, after the eviction. Annotate a method that has finished"
                                + " writing when it returns, and that returns nothing or a value: a record"
                                + " or class of the application, or a collection of these.");
    }

    static class Suspended {

        @CachedConnection
        public Book find(@CacheKey UUID id, Continuation<? super Book> continuation) {
            return new Book("", null);
        }

        @EvictConnection
        public Book save(@CacheKey UUID id, Continuation<? super Book> continuation) {
            return new Book("", null);
        }
    }

    @Test
    void read_suspendFunctionOfKotlin_isAProblem() {
        String message =
                " is a suspend function of Kotlin, which may do its work after it has returned. Annotate a function"
                        + " without suspend.";
        assertThat(Readings.read(Suspended.class).problems())
                .containsExactly(
                        "CC-0167 Suspended.find(UUID, Continuation)" + message,
                        "CC-0167 Suspended.save(UUID, Continuation)" + message);
    }
}
