package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.spi.InterceptionFactory;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Beans of every kind that are looked up and write: docs/reference/beans.md says what becomes of each. */
class BeanKindsTest {

    /** How often the methods here ran; request-scoped and dependent beans cannot keep it themselves. */
    private static final AtomicInteger LOADS = new AtomicInteger();

    @BeforeEach
    void forget() {
        LOADS.set(0);
    }

    static String load(Object id) {
        return "title " + id + ", load " + LOADS.incrementAndGet();
    }

    /** Its methods are inherited by a class bean of each scope. */
    abstract static class Titles {

        @CachedConnection(cache = "titles", sharesEntries = true)
        public String find(long id) {
            return load(id);
        }

        @EvictConnection(cache = "titles")
        public void remove(long id) {}
    }

    @ApplicationScoped
    static class InApplication extends Titles {}

    @RequestScoped
    static class InRequest extends Titles {}

    @Dependent
    static class OfItsOwner extends Titles {}

    @Singleton
    static class One extends Titles {}

    /** Public, so the compiler repeats in it what it inherits from a class that is not. */
    @ApplicationScoped
    public static class InPublic extends Titles {}

    private static void looksUpAndEvicts(RunningContainer container, Class<? extends Titles> type) {
        Titles titles = container.bean(type);

        String first = titles.find(1);
        assertThat(titles.find(1)).isEqualTo(first);
        assertThat(container.bean(type).find(1)).isEqualTo(first);
        assertThat(container.stored("titles:1")).isNotNull();

        titles.remove(1);
        assertThat(container.stored("titles:1")).isNull();
        assertThat(titles.find(1)).isNotEqualTo(first);
        titles.remove(1);
    }

    @Test
    void lookup_beanOfEachScope_isCachedAndEvicted() {
        try (RunningContainer container = new RunningContainer(
                InApplication.class, InRequest.class, OfItsOwner.class, One.class, InPublic.class)) {
            looksUpAndEvicts(container, InApplication.class);
            looksUpAndEvicts(container, InPublic.class);
            looksUpAndEvicts(container, OfItsOwner.class);
            looksUpAndEvicts(container, One.class);

            RequestContextController request = container.bean(RequestContextController.class);
            request.activate();
            looksUpAndEvicts(container, InRequest.class);
            request.deactivate();
        }
    }

    /** Generic, abstract, and with a method of its own that is not to be seen from outside its package. */
    abstract static class Repository<T, I> {

        protected abstract T make(I id);

        @CachedConnection(cache = "things", key = "{0}")
        public Optional<T> find(I id) {
            LOADS.incrementAndGet();
            return Optional.of(make(id));
        }

        @CachedConnection(cache = "things", key = "near:{0}")
        T findNear(I id) {
            LOADS.incrementAndGet();
            return make(id);
        }
    }

    /** What it holds. */
    public record Thing(int number) {}

    @ApplicationScoped
    static class Things extends Repository<Thing, Integer> {

        @Override
        protected Thing make(Integer id) {
            return new Thing(id);
        }
    }

    @Test
    void lookup_genericBaseClass_isCachedWithTheTypesOfTheBean() {
        try (RunningContainer container = new RunningContainer(Things.class)) {
            Things things = container.bean(Things.class);

            things.find(7);
            assertThat(things.find(7)).contains(new Thing(7));
            things.findNear(8);
            assertThat(things.findNear(8)).isEqualTo(new Thing(8));
            assertThat(LOADS).hasValue(2);
        }
    }

    /** Its methods have other types at run time than those of a bean. */
    interface Bounded<T extends Record, I extends Number> {

        T find(I id);

        void save(T thing);
    }

    @ApplicationScoped
    static class OfBounded implements Bounded<Thing, Integer> {

        @Override
        @CachedConnection(cache = "things")
        public Thing find(Integer id) {
            LOADS.incrementAndGet();
            return new Thing(id);
        }

        @Override
        @EvictConnection(cache = "things", key = "{thing.number}")
        public void save(Thing thing) {}
    }

    @Test
    void calls_throughABoundedGenericInterface_areCachedAndEvict() {
        try (RunningContainer container = new RunningContainer(OfBounded.class)) {
            OfBounded byClass = container.bean(OfBounded.class);
            Bounded<Thing, Integer> byInterface = byClass;

            byInterface.find(7);
            assertThat(byInterface.find(7)).isEqualTo(byClass.find(7));
            assertThat(LOADS).hasValue(1);
            byInterface.save(new Thing(7));
            byClass.find(7);
            assertThat(LOADS).hasValue(2);
        }
    }

    /** A default method; CDI sees it where the bean repeats it. */
    interface Finder {

        default String findOrLoad(long id) {
            return load(id);
        }
    }

    @ApplicationScoped
    static class Finders implements Finder {

        @Override
        @CachedConnection(cache = "found")
        public String findOrLoad(long id) {
            return Finder.super.findOrLoad(id);
        }
    }

    @Test
    void lookup_throughAnInterfaceWithADefaultMethod_isCached() {
        try (RunningContainer container = new RunningContainer(Finders.class)) {
            Finder finder = container.bean(Finder.class);

            assertThat(finder.findOrLoad(1)).isEqualTo(finder.findOrLoad(1));
        }
    }

    @CachedConnection(cache = "by-class", sharesEntries = true)
    static class OnClass {

        public String find(long id) {
            return load(id);
        }
    }

    @ApplicationScoped
    static class InheritsFromClass extends OnClass {

        public String findMore(String id) {
            return load(id);
        }

        public void touch(long id) {
            LOADS.incrementAndGet();
        }
    }

    @Test
    void lookup_annotationOfTheSuperclass_isInherited() {
        try (RunningContainer container = new RunningContainer(InheritsFromClass.class)) {
            InheritsFromClass bean = container.bean(InheritsFromClass.class);

            assertThat(bean.find(1)).isEqualTo(bean.find(1));
            assertThat(bean.findMore("a")).isEqualTo(bean.findMore("a"));
            bean.touch(1);
            bean.touch(1);
            assertThat(LOADS).hasValue(4);
        }
    }

    @Stereotype
    @ApplicationScoped
    @CachedConnection(cache = "by-stereotype", sharesEntries = true)
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Lookup {}

    @Stereotype
    @Lookup
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface DeepLookup {}

    @Lookup
    static class ByStereotype {

        public String find(long id) {
            return load(id);
        }
    }

    @DeepLookup
    static class ByDeepStereotype {

        public String findDeep(String id) {
            return load(id);
        }
    }

    static class InheritsStereotype extends ByStereotype {}

    @Test
    void lookup_stereotypeThatCarriesTheAnnotation_isCached() {
        try (RunningContainer container =
                new RunningContainer(ByStereotype.class, ByDeepStereotype.class, InheritsStereotype.class)) {
            ByDeepStereotype deep = container.bean(ByDeepStereotype.class);
            InheritsStereotype inherits = container.bean(InheritsStereotype.class);

            assertThat(deep.findDeep("a")).isEqualTo(deep.findDeep("a"));
            assertThat(inherits.find(1)).isEqualTo(inherits.find(1));
            assertThat(LOADS).hasValue(2);
        }
    }

    @ApplicationScoped
    static class Listens {

        @Inject
        InApplication titles;

        @EvictConnection(cache = "titles", key = "{0}")
        void changed(@Observes Long id) {}
    }

    @ApplicationScoped
    static class Tells {

        @Inject
        Event<Long> changes;

        public void change(long id) {
            changes.fire(id);
        }
    }

    @Test
    void write_methodThatObserves_evicts() {
        try (RunningContainer container = new RunningContainer(InApplication.class, Listens.class, Tells.class)) {
            String first = container.bean(InApplication.class).find(1);

            container.bean(Tells.class).change(1);

            assertThat(container.bean(InApplication.class).find(1)).isNotEqualTo(first);
        }
    }

    /** No bean by itself. */
    static class Made {

        @CachedConnection(cache = "made")
        public String find(long id) {
            return load(id);
        }
    }

    @ApplicationScoped
    static class MakesIntercepted {

        @Produces
        @ApplicationScoped
        Made made(InterceptionFactory<Made> factory) {
            return factory.createInterceptedInstance(new Made());
        }
    }

    @Test
    void lookup_producedThroughAnInterceptionFactory_isCached() {
        try (RunningContainer container = new RunningContainer(MakesIntercepted.class)) {
            Made made = container.bean(Made.class);

            assertThat(made.find(1)).isEqualTo(made.find(1));
        }
    }
}
