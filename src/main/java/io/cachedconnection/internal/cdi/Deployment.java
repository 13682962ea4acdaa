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
 * The annotations and the configuration together. Created once at deployment, and passed on to the start.
 *
 * @param found the bean classes, including evicting entities
 * @param units the persistence units
 * @param intercepted methods that other interceptors surround because of annotations added by extensions
 * @param reader has read the settings
 * @param beans the cached methods
 * @param config the settings
 * @param formats the formats of values and keys in Redis
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
        // A write may name a cache without a lookup. That is a mistake of its own, reported with all others.
        Function<String, KeySpace> spaces =
                cache -> config.caches().containsKey(cache) || cache.equals(KeySpace.OF_TAGS)
                        ? formats.space(cache)
                        : KeySpace.of(cache, config.keyPrefix());
        return new Deployment(
                found, units, intercepted, reader, beans.bound(spaces, intercepted), config, formats, codecs);
    }

    /** Returns the deployment for the start: this one, unless the server's configuration for it has changed. */
    Deployment atStart() {
        return reader.isOfApplication() ? this : of(found, intercepted, SettingsReader.ofApplication(), codecs);
    }

    /**
     * Checks the methods independently of the settings, and logs warnings about them.
     *
     * @throws DeploymentException as for {@link #check}
     */
    static void checkMethods(BeanClasses beanClasses, List<TypeCodecs.Declared> codecs) {
        PersistenceUnits units = PersistenceUnits.ofApplication();
        BeanClasses found = withEntities(beanClasses, units);
        CachedBeans beans = beans(found);
        refuse(Stream.of(beans.problems(), found.problems()));
        warn(beans, units, codecs);
    }

    /** Adds the evicting entities, most of which are not beans. */
    private static BeanClasses withEntities(BeanClasses found, PersistenceUnits units) {
        return found.with(units.evictingEntities(found.classes()));
    }

    private static CachedBeans beans(BeanClasses found) {
        CachedMethod programmatic = ProgrammaticLookups.of(
                "ProviderConnectionCache", ConnectionProfile.CACHE, UUID.class, ProviderConnection.class);
        return CachedBeans.of(found.read().values(), List.of(programmatic));
    }

    /** Returns the names of the caches that methods use. */
    Set<String> caches() {
        return beans.caches();
    }

    /**
     * Checks the deployment.
     *
     * @throws DeploymentException if there are problems: all of them in one message
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

    /** Returns the problems of tags with the settings of their caches. */
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
     * Checks the deployment and, if it has no problems, logs warnings.
     *
     * @param others more problems
     * @throws DeploymentException as for {@link #check}
     */
    void checkAndWarn(List<String> others) {
        check(others);
        warn(beans, units, codecs);
    }

    /**
     * Stops the deployment if there are any problems.
     *
     * @throws DeploymentException if there are problems: all of them in one message
     */
    static void refuse(Stream<List<String>> all) {
        List<String> problems = all.flatMap(List::stream).toList();
        if (!problems.isEmpty()) {
            throw new DeploymentException(LifeMessage.REFUSED.with(problems.size(), String.join("\n", problems)));
        }
    }

    /**
     * Refuses methods that are wrong no matter which beans are still to come. Other problems are checked later.
     *
     * @throws DeploymentException as for {@link #check}, without problems that other beans may resolve
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

    /** Returns warnings about the values of a cached method, before there are any. */
    private static Stream<String> doubts(CachedMethod method) {
        List<String> reasons = TypeWarnings.of(method.valueType());
        return reasons.isEmpty()
                ? Stream.empty()
                : Stream.of(ValueMessage.DOUBTFUL_TYPE.with(
                        method.valueType().getTypeName(), method.name(), String.join(", ", reasons)));
    }
}
