package io.cachedconnection.servertests.kinds;

import io.cachedconnection.servertests.kinds.inlibrary.InLibrary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** All repositories by what kind of bean they are. */
@ApplicationScoped
public class Kinds {

    /** How the repository of one kind is looked up in and written to, whatever its type. */
    private record Kind<B>(Class<B> type, BiFunction<B, Integer, UUID> find, BiConsumer<B, Integer> save) {

        UUID find(Instance<Object> beans, int id) {
            return find.apply(beans.select(type).get(), id);
        }

        void save(Instance<Object> beans, int id) {
            save.accept(beans.select(type).get(), id);
        }
    }

    private final Map<String, Kind<?>> kinds = new TreeMap<>();

    @Inject
    private Instance<Object> beans;

    Kinds() {
        add("@RequestScoped", Scoped.OfRequest.class, Scoped.OfRequest::find, Scoped.OfRequest::save);
        add("@SessionScoped", Scoped.OfSession.class, Scoped.OfSession::find, Scoped.OfSession::save);
        add("@ApplicationScoped", Scoped.OfApplication.class, Scoped.OfApplication::find, Scoped.OfApplication::save);
        add("@Dependent", Scoped.OfItsOwner.class, Scoped.OfItsOwner::find, Scoped.OfItsOwner::save);
        add("@Singleton of CDI", Scoped.Single.class, Scoped.Single::find, Scoped.Single::save);
        add("@Stateless", StatelessBean.class, StatelessBean::find, StatelessBean::save);
        add("@Stateful", StatefulBean.class, StatefulBean::find, StatefulBean::save);
        add("@Singleton", SingletonBean.class, SingletonBean::find, SingletonBean::save);
        add("@Stateless with a local interface", StatelessView.class, StatelessView::find, StatelessView::save);
        add("@Singleton with a local interface", SingletonView.class, SingletonView::find, SingletonView::save);
        add("generic base", Inherited.Generic.class, Inherited.Generic::find, Inherited.Generic::save);
        add("superclass", Inherited.Subclass.class, Inherited.Subclass::find, Inherited.Subclass::save);
        add(
                "superclass with the annotation on the class",
                Inherited.SubclassOfAnnotated.class,
                Inherited.SubclassOfAnnotated::find,
                Inherited.SubclassOfAnnotated::save);
        add(
                "default method, repeated",
                Inherited.Repeating.class,
                Inherited.Repeating::find,
                Inherited.Repeating::save);
        add("stereotype", Stereotyped.Scope.class, Stereotyped.Scope::find, Stereotyped.Scope::save);
        add(
                "stereotype with @CachedConnection",
                Stereotyped.Lookups.class,
                Stereotyped.Lookups::find,
                Stereotyped.Lookups::save);
        add("library of the application", InLibrary.class, InLibrary::find, InLibrary::save);
    }

    private <B> void add(String name, Class<B> type, BiFunction<B, Integer, UUID> find, BiConsumer<B, Integer> save) {
        kinds.put(name, new Kind<>(type, find, save));
    }

    /** The names of all kinds. */
    public Iterable<String> names() {
        return kinds.keySet();
    }

    /** A lookup in the repository of this kind. */
    public UUID find(String kind, int id) {
        return Objects.requireNonNull(kinds.get(kind)).find(beans, id);
    }

    /** A write to it. */
    public void save(String kind, int id) {
        Objects.requireNonNull(kinds.get(kind)).save(beans, id);
    }
}
