package io.cachedconnection.internal.cdi;

import io.cachedconnection.EvictingEntityListener;
import io.cachedconnection.internal.config.ParsedConfig;
import io.cachedconnection.internal.config.SettingsReader;
import io.cachedconnection.internal.engine.near.CaffeineStores;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.json.TypeWarnings;
import io.cachedconnection.internal.message.ConfigMessage;
import io.cachedconnection.internal.message.LifeMessage;
import io.cachedconnection.internal.message.MethodMessage;
import io.cachedconnection.internal.message.StoreMessage;
import io.cachedconnection.internal.message.ValueMessage;
import io.cachedconnection.internal.method.CachedBeans;
import io.cachedconnection.internal.method.CachedMethod;
import io.cachedconnection.internal.method.ProgrammaticLookups;
import io.cachedconnection.internal.method.Put;
import io.cachedconnection.internal.method.WriteMethod;
import io.cachedconnection.internal.provider.ConnectionProfile;
import io.cachedconnection.internal.types.ResolvedType;
import io.cachedconnection.provider.ProviderConnection;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What annotations and configuration say together, made once at deployment and handed on to the start.
 *
 * @param found the bean classes, evicting entities among them
 * @param units the persistence units
 * @param intercepted methods that others intercept by what their extensions have added
 * @param reader has read the settings
 * @param beans the cached methods
 * @param config the settings
 * @param formats how values and keys stand in Redis
 * @param codecs the codecs of the application that are known at deployment
 */
public record Deployment(
        BeanClasses found,
        PersistenceUnits units,
        Set<Method> intercepted,
        SettingsReader reader,
        CachedBeans beans,
        ParsedConfig config,
        CacheFormats formats,
        List<TypeCodecs.Declared> codecs) {

    private static final Logger LOG = System.getLogger("io.cachedconnection");

    static Deployment of(
            BeanClasses beanClasses, Set<Method> intercepted, SettingsReader reader, List<TypeCodecs.Declared> codecs) {
        PersistenceUnits units = PersistenceUnits.ofApplication();
        BeanClasses found = withEntities(beanClasses, units);
        CachedBeans beans = beans(found);
        ParsedConfig config = reader.read(beans.caches());
        CacheFormats formats = new CacheFormats(config.keyPrefix(), config.formats(), config.evictAll());
        // A write can name a cache that nothing is read of. That is a mistake of its own, and told with all others.
        Function<String, KeySpace> spaces =
                cache -> config.caches().containsKey(cache) || cache.equals(KeySpace.OF_TAGS)
                        ? formats.space(cache)
                        : KeySpace.of(cache, config.keyPrefix());
        return new Deployment(
                found, units, intercepted, reader, beans.bound(spaces, intercepted), config, formats, codecs);
    }

    /** The deployment when the application starts: this one, unless the server has another configuration for it by now. */
    Deployment atStart() {
        return reader.isOfApplication() ? this : of(found, intercepted, SettingsReader.ofApplication(), codecs);
    }

    /**
     * Finds out whether anything is wrong with methods, whatever the settings will be, and warns of them.
     *
     * @throws DeploymentException as {@link #check}
     */
    static void checkMethods(BeanClasses beanClasses, List<TypeCodecs.Declared> codecs) {
        PersistenceUnits units = PersistenceUnits.ofApplication();
        BeanClasses found = withEntities(beanClasses, units);
        CachedBeans beans = beans(found);
        refuse(Stream.of(beans.problems(), found.problems()));
        warn(beans, units, codecs);
    }

    /** With the entities that say what is evicted; most of them are no beans. */
    private static BeanClasses withEntities(BeanClasses found, PersistenceUnits units) {
        return found.with(units.evictingEntities(found.classes()));
    }

    private static CachedBeans beans(BeanClasses found) {
        CachedMethod programmatic = ProgrammaticLookups.of(
                "ProviderConnectionCache", ConnectionProfile.CACHE, UUID.class, ProviderConnection.class);
        return CachedBeans.of(found.read().values(), List.of(programmatic));
    }

    /** The names of the caches that methods use. */
    Set<String> caches() {
        return beans.caches();
    }

    /**
     * Finds out whether anything is wrong.
     *
     * @throws DeploymentException if so: all that is wrong in one message
     */
    void check() {
        check(List.of());
    }

    private void check(List<String> others) {
        EntityChecks checks = new EntityChecks(config);
        List<String> entities = beans.methods().stream()
                .flatMap(method -> checks.problems(method).stream())
                .toList();
        refuse(Stream.of(
                beans.problems(),
                entities,
                problemsOfTags(),
                others,
                found.problems(),
                TypeCodecs.problems(codecs),
                config.problems(),
                missingCaffeine()));
    }

    private List<String> missingCaffeine() {
        List<String> near = config.caches().entrySet().stream()
                .filter(cache -> cache.getValue().near().enabled())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return near.isEmpty() || CaffeineStores.areUsable()
                ? List.of()
                : List.of(StoreMessage.NO_CAFFEINE.with(String.join(", ", near)));
    }

    /** What is wrong with tags by the settings of their caches. */
    private List<String> problemsOfTags() {
        Stream<Optional<String>> ofLookups = beans.methods().stream()
                .filter(CachedMethod::hasTags)
                .map(lookup -> problemOfTags(lookup.name(), lookup.cache()));
        Stream<Optional<String>> ofPuts = beans.writes().stream()
                .map(WriteMethod::put)
                .filter(Objects::nonNull)
                .filter(Put::hasTags)
                .map(put -> problemOfTags(put.name(), put.space().cache()));
        return Stream.concat(ofLookups, ofPuts).flatMap(Optional::stream).toList();
    }

    private Optional<String> problemOfTags(String user, String cache) {
        return config.caches().containsKey(cache)
                ? Optional.ofNullable(formats.problemOfTags(user, cache))
                : Optional.empty();
    }

    /**
     * The same; and if nothing is wrong, logs what may be meant but should be known.
     *
     * @param others more that is wrong
     * @throws DeploymentException as {@link #check}
     */
    void checkAndWarn(List<String> others) {
        check(others);
        warn(beans, units, codecs);
    }

    /**
     * Stops the deployment if there are any problems.
     *
     * @throws DeploymentException if so: all of them in one message
     */
    static void refuse(Stream<List<String>> all) {
        List<String> problems = all.flatMap(List::stream).toList();
        if (!problems.isEmpty()) {
            throw new DeploymentException(LifeMessage.REFUSED.with(problems.size(), String.join("\n", problems)));
        }
    }

    /**
     * Refuses methods that are wrong no matter which beans are still to come. Everything else is checked later.
     *
     * @throws DeploymentException as {@link #check}, without what may be right with other beans
     */
    void checkMethodsInThemselves() {
        if (!beans.problemsInThemselves().isEmpty() || !found.problems().isEmpty()) {
            String ofOtherBeans = ConfigMessage.UNKNOWN_CACHE.id();
            List<String> settings = config.problems().stream()
                    .filter(problem -> !problem.startsWith(ofOtherBeans))
                    .toList();
            refuse(Stream.of(beans.problemsInThemselves(), found.problems(), settings));
        }
    }

    private static void warn(CachedBeans beans, PersistenceUnits units, List<TypeCodecs.Declared> codecs) {
        Stream<String> unheard = units.listen()
                ? Stream.of()
                : beans.entities().stream()
                        .filter(entity -> !entity.listensBy(EvictingEntityListener.class))
                        .map(entity -> MethodMessage.NO_LISTENER.with(entity.name()));
        Set<ResolvedType> contributed =
                codecs.stream().map(TypeCodecs.Declared::type).collect(Collectors.toSet());
        Stream<String> doubts = beans.methods().stream()
                .filter(method -> !contributed.contains(ResolvedType.of(method.valueType(), Map.of())))
                .flatMap(Deployment::doubts);
        Set<ResolvedType> returned = beans.methods().stream()
                .map(method -> ResolvedType.of(method.valueType(), Map.of()))
                .collect(Collectors.toSet());
        Stream<String> unused = codecs.stream()
                .filter(codec -> !returned.contains(codec.type()))
                .map(codec -> ValueMessage.CODEC_UNUSED.with(codec.bean(), codec.shown()));
        Stream.of(beans.warnings().stream(), doubts, unused, unheard)
                .flatMap(Function.identity())
                .forEach(warning -> LOG.log(Level.WARNING, warning));
    }

    /** What should be known of the values of a cached method before there are any. */
    private static Stream<String> doubts(CachedMethod method) {
        List<String> reasons = TypeWarnings.of(method.valueType());
        return reasons.isEmpty()
                ? Stream.empty()
                : Stream.of(ValueMessage.DOUBTFUL_TYPE.with(
                        method.valueType().getTypeName(), method.name(), String.join(", ", reasons)));
    }
}
