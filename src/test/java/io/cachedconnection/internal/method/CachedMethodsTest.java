package io.cachedconnection.internal.method;

import static io.cachedconnection.internal.method.Readings.key;
import static io.cachedconnection.internal.method.Readings.method;
import static io.cachedconnection.internal.method.Readings.only;
import static io.cachedconnection.internal.method.Readings.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.internal.types.TypeBindings;
import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CachedMethodsTest {

    private static final UUID ID = UUID.fromString("11111111-2222-3333-4444-555555555555");

    record Book(UUID id) {}

    record Author(String name) {}

    static class BaseRepo<T, I> {
        @CachedConnection
        public Optional<T> find(I id) {
            return Optional.empty();
        }

        @CachedConnection(cache = "lists")
        public List<T> findAll(List<I> ids) {
            return List.of();
        }

        public T uncached(I id) {
            throw new UnsupportedOperationException();
        }
    }

    static class MiddleRepo<X> extends BaseRepo<X, UUID> {}

    static class BookRepo extends MiddleRepo<Book> {}

    static class AuthorRepo extends BaseRepo<Author, String> {
        @Override
        @CachedConnection(cache = "authors")
        public Optional<Author> find(String id) {
            return Optional.empty();
        }
    }

    static class PlainAuthorRepo extends AuthorRepo {
        @Override
        public Optional<Author> find(String id) {
            return Optional.empty();
        }
    }

    @Test
    void find_genericBase_isResolvedForTheBean() throws NoSuchMethodException {
        CachedMethods books = read(BookRepo.class);

        CachedMethod find = books.find(method(BaseRepo.class, "find"));
        CachedMethod findAll = books.find(method(BaseRepo.class, "findAll"));

        assertThat(books.problems()).isEmpty();
        assertThat(find.valueType()).isEqualTo(Book.class);
        assertThat(find.name()).isEqualTo("BookRepo.find(UUID) (declared in BaseRepo)");
        assertThat(key(find, ID)).isEqualTo(ID.toString());
        assertThat(findAll.valueType()).isEqualTo(TypeBindings.parameterized(List.class, null, Book.class));
        assertThat(findAll.key(new Object[] {List.of(ID)}).text()).isEqualTo("lists:%(" + ID + "%,%)");
    }

    @Test
    void find_notCached_isNone() {
        assertThat(read(BookRepo.class).find(method(BaseRepo.class, "uncached")))
                .isNull();
        assertThat(read(Object.class).all()).isEmpty();
    }

    @Test
    void find_overriddenMethod_isTheOneThatOverridesIt() {
        CachedMethods authors = read(AuthorRepo.class);

        assertThat(authors.problems()).isEmpty();
        assertThat(authors.find(method(AuthorRepo.class, "find")).cache()).isEqualTo("authors");
        assertThat(authors.find(method(BaseRepo.class, "find")))
                .isSameAs(authors.find(method(AuthorRepo.class, "find")));
        assertThat(authors.all()).hasSize(2);
    }

    @Test
    void find_overriddenWithoutAnnotation_isNotCached() {
        assertThat(read(PlainAuthorRepo.class).all())
                .extracting(CachedMethod::cache)
                .containsExactly("lists");
    }

    @CachedConnection(cache = "c", ttl = "60")
    static class OnClass {
        public String find(long id) {
            return "";
        }

        @CachedConnection(cache = "own")
        public String own(long id) {
            return "";
        }

        public void save(long id) {}

        String packagePrivate(long id) {
            return "";
        }

        protected String guarded(long id) {
            return "";
        }

        public static String shared(long id) {
            return "";
        }

        @Override
        public String toString() {
            return "";
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    static class InheritsClass extends OnClass {
        public String more(long id) {
            return "";
        }
    }

    @Test
    void all_annotatedClass_isItsPublicMethodsThatReturnSomething() {
        CachedMethods methods = read(OnClass.class);

        assertThat(methods.problems()).isEmpty();
        assertThat(methods.all())
                .extracting(CachedMethod::name)
                .containsExactly("OnClass.find(long)", "OnClass.own(long)");
        assertThat(methods.find(method(OnClass.class, "find")).ttl()).hasSeconds(60);
        assertThat(methods.find(method(OnClass.class, "own")).cache()).isEqualTo("own");
        assertThat(methods.find(method(OnClass.class, "own")).ttl()).isNull();
    }

    @Test
    void all_annotationOfTheSuperclass_isInherited() {
        assertThat(read(InheritsClass.class).all())
                .extracting(CachedMethod::name)
                .containsExactly(
                        "InheritsClass.find(long) (declared in OnClass)",
                        "InheritsClass.more(long)",
                        "InheritsClass.own(long) (declared in OnClass)");
    }

    @Stereotype
    @CachedConnection(cache = "by-stereotype")
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface Lookup {}

    @Lookup
    @Stereotype
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface DeepLookup {}

    @DeepLookup
    static class ByStereotype {
        public String find(long id) {
            return "";
        }
    }

    static class StereotypeOnMethod {
        @DeepLookup
        public String find(long id) {
            return "";
        }
    }

    @Lookup
    @CachedConnection(cache = "direct")
    static class ByBoth {
        public String find(long id) {
            return "";
        }
    }

    @Test
    void all_annotationOfAStereotype_countsOnClasses() {
        assertThat(only(ByStereotype.class).cache()).isEqualTo("by-stereotype");
        assertThat(only(ByBoth.class).cache()).isEqualTo("direct");
        assertThat(read(StereotypeOnMethod.class).all()).isEmpty();
        assertThat(read(StereotypeOnMethod.class).problems())
                .singleElement()
                .asString()
                .startsWith("CC-0139 ");
    }

    interface Finder<I> {
        String find(I id);
    }

    @CachedConnection
    static class WithBridge implements Finder<Long> {
        @Override
        public String find(Long id) {
            return "";
        }
    }

    @Test
    void all_bridgeMethod_isNotAMethodOfItsOwn() {
        assertThat(only(WithBridge.class).name()).isEqualTo("WithBridge.find(Long)");
    }

    /** Public, unlike the class that its methods come from: the compiler repeats them here. */
    public static class Opened extends BaseRepo<Book, UUID> {}

    /** Has one method of its own, and so a bridge to it as well. */
    public static class OpenedAndOverridden extends BaseRepo<Book, UUID> {
        @Override
        public Optional<Book> find(UUID id) {
            return Optional.empty();
        }
    }

    @Test
    void find_methodThatTheCompilerRepeats_isTheOneThatWasWritten() throws NoSuchMethodException {
        CachedMethods opened = read(Opened.class);
        Method repeated = Opened.class.getDeclaredMethod("find", Object.class);

        assertThat(repeated.isBridge()).isTrue();
        assertThat(opened.find(repeated)).isNotNull().isSameAs(opened.find(method(BaseRepo.class, "find")));
    }

    @Test
    void find_bridgeToAMethodThatIsNotCached_isNone() throws NoSuchMethodException {
        Method bridge = OpenedAndOverridden.class.getDeclaredMethod("find", Object.class);

        assertThat(bridge.isBridge()).isTrue();
        assertThat(read(OpenedAndOverridden.class).find(bridge)).isNull();
    }
}
