package io.cachedconnection.internal.cdi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cachedconnection.CacheCodec;
import io.cachedconnection.CacheKey;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.ConnectionCache;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.TypeCodec;
import io.cachedconnection.internal.engine.store.Stamps;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.testing.ScannedLog;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Codecs that beans of the application contribute, in a CDI container, on a real Redis. */
public class TypeCodecsTest {

    /** What JSON-B cannot do: nothing shows what is inside, and nothing makes one of it. */
    static final class Route {

        private final StringBuilder stops;

        private Route(String stops) {
            this.stops = new StringBuilder(stops);
        }

        static Route of(String stops) {
            return new Route(stops);
        }

        void goOnTo(String stop) {
            stops.append('-').append(stop);
        }

        String packed() {
            return stops.toString();
        }
    }

    @ApplicationScoped
    static class Routes {

        private final AtomicInteger loads = new AtomicInteger();

        @CachedConnection(cache = "routes")
        public Route find(int number) {
            loads.incrementAndGet();
            return Route.of("A-" + number);
        }

        @CachedConnection(cache = "lists")
        public List<Route> all(int number) {
            loads.incrementAndGet();
            return List.of(Route.of("A-" + number), Route.of("B"));
        }

        @CachedConnection(cache = "perhaps")
        public Optional<Route> perhaps(int number) {
            loads.incrementAndGet();
            return number < 0 ? Optional.empty() : Optional.of(Route.of("P-" + number));
        }

        @EvictConnection(cache = "routes")
        public void change(@CacheKey int number) {}

        int loads() {
            return loads.get();
        }
    }

    @ApplicationScoped
    static class RouteCodec implements TypeCodec<Route> {

        private final AtomicInteger reads = new AtomicInteger();

        @Override
        public String version() {
            return "route/1";
        }

        @Override
        public byte[] encode(Route value) {
            return value.packed().getBytes(UTF_8);
        }

        @Override
        public Route decode(byte[] bytes) throws IOException {
            reads.incrementAndGet();
            Route route = Route.of(new String(bytes, UTF_8));
            java.util.Arrays.fill(bytes, (byte) 0); // they are a copy
            return route;
        }

        int reads() {
            return reads.get();
        }
    }

    @Dependent
    static class RoutesCodec implements TypeCodec<List<Route>> {

        @Override
        public String version() {
            return "routes/1";
        }

        @Override
        public byte[] encode(List<Route> value) {
            return String.join("\n", value.stream().map(Route::packed).toList()).getBytes(UTF_8);
        }

        @Override
        public List<Route> decode(byte[] bytes) {
            List<Route> routes = new ArrayList<>();
            new String(bytes, UTF_8).lines().forEach(line -> routes.add(Route.of(line)));
            return routes;
        }
    }

    /** The next release: other bytes, which the first one would misread. */
    @ApplicationScoped
    static class NextCodec extends RouteCodec {

        @Override
        public String version() {
            return "route/2";
        }

        @Override
        public byte[] encode(Route value) {
            return new StringBuilder(value.packed()).reverse().toString().getBytes(UTF_8);
        }

        @Override
        public Route decode(byte[] bytes) throws IOException {
            return Route.of(
                    new StringBuilder(super.decode(bytes).packed()).reverse().toString());
        }
    }

    @ApplicationScoped
    static class SharingCodec extends RouteCodec {

        @Override
        public boolean isImmutable() {
            return true;
        }
    }

    @Alternative
    @Priority(1)
    @ApplicationScoped
    static class OtherCodec extends RouteCodec {

        @Override
        public byte[] encode(Route value) {
            return ("other " + value.packed()).getBytes(UTF_8);
        }
    }

    @ApplicationScoped
    static class JsonCodec extends RouteCodec {

        @Override
        public byte[] encode(Route value) {
            return ("{\"stops\":\"" + value.packed() + "\"}").getBytes(UTF_8);
        }

        @Override
        public Route decode(byte[] bytes) throws IOException {
            String json = super.decode(bytes).packed();
            return Route.of(json.substring("{\"stops\":\"".length(), json.length() - 2));
        }
    }

    /** Fails as it is told. */
    @ApplicationScoped
    static class FailingCodec extends RouteCodec {

        private volatile @Nullable Callable<byte[]> writing;
        private volatile @Nullable Callable<Route> reading;

        void write(Callable<byte[]> instead) {
            writing = instead;
        }

        void read(Callable<Route> instead) {
            reading = instead;
        }

        @Override
        public byte[] encode(Route value) {
            Callable<byte[]> instead = writing;
            return instead == null ? super.encode(value) : thrown(instead);
        }

        @Override
        public Route decode(byte[] bytes) throws IOException {
            Callable<Route> instead = reading;
            return instead == null ? super.decode(bytes) : thrown(instead);
        }

        @SuppressWarnings("unchecked")
        private static <T, E extends Throwable> T thrown(Callable<T> call) throws E {
            try {
                return call.call();
            } catch (Exception e) {
                throw (E) e;
            }
        }
    }

    @ApplicationScoped
    static class WithoutVersion extends RouteCodec {

        @Override
        public String version() {
            return " ";
        }
    }

    @Dependent
    static class OfAnyList<T> implements TypeCodec<List<T>> {

        @Override
        public String version() {
            return "any/1";
        }

        @Override
        public byte[] encode(List<T> value) {
            return new byte[0];
        }

        @Override
        public List<T> decode(byte[] bytes) {
            return List.of();
        }
    }

    @Dependent
    static class OfConnections implements TypeCodec<ProviderConnection> {

        @Override
        public String version() {
            return "own/1";
        }

        @Override
        public byte[] encode(ProviderConnection value) {
            return new byte[0];
        }

        @Override
        public ProviderConnection decode(byte[] bytes) {
            throw new UnsupportedOperationException();
        }
    }

    @ApplicationScoped
    static class TwoProducers {

        @Produces
        @Dependent
        TypeCodec<Route> one() {
            return new RouteCodec();
        }

        @Produces
        @Dependent
        TypeCodec<Route> other() {
            return new NextCodec();
        }
    }

    private final String prefix = "t" + UUID.randomUUID();

    private RunningContainer started(Class<?>... beans) {
        return started(Map.of(), beans);
    }

    private RunningContainer started(Map<String, String> settings, Class<?>... beans) {
        return new RunningContainer(prefix, settings, beans);
    }

    private static byte[] stored(RunningContainer container, String key) {
        return container.redis.get((container.prefix + ":" + key).getBytes(UTF_8));
    }

    private String refusal(Class<?>... beans) {
        Throwable refusal = ScannedLog.thrown(catchThrowable(() -> started(beans)));
        while (refusal.getCause() != null) {
            refusal = refusal.getCause();
        }
        return String.valueOf(refusal.getMessage());
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime() - end).as("too late").isNegative();
        }
    }

    @Test
    void lookup_ofATypeThatJsonbCannotDo_isCached() {
        try (LoggedLines lines = new LoggedLines();
                RunningContainer container = started(Routes.class, RouteCodec.class, RoutesCodec.class)) {
            Routes routes = container.bean(Routes.class);

            routes.find(1);
            assertThat(routes.find(1).packed()).isEqualTo("A-1");
            assertThat(routes.loads()).isEqualTo(1);

            routes.all(1);
            assertThat(routes.all(1)).extracting(Route::packed).containsExactly("A-1", "B");
            assertThat(routes.loads()).isEqualTo(2);

            routes.change(1);
            routes.find(1);
            assertThat(routes.loads()).isEqualTo(3);
            assertThat(lines.warnings()).noneMatch(line -> line.matches("CC-04.*"));
        }
    }

    @Test
    void entry_ofACodec_isItsBytesInAnEnvelope() {
        try (RunningContainer container = started(Routes.class, RouteCodec.class)) {
            container.bean(Routes.class).find(7);

            byte[] stored = stored(container, "routes:7");
            assertThat(stored[0]).isEqualTo((byte) 0xCC);
            int header = 28 + Stamps.BYTES; // with the stamp of the cache
            assertThat(new String(stored, header, stored.length - header, ISO_8859_1))
                    .isEqualTo("\001A-7");
        }
    }

    @Test
    void null_rememberedByNegativeTtl_isNotTheCodecsBusiness() {
        try (RunningContainer container = started(Map.of("negative-ttl", "PT1M"), Routes.class, RouteCodec.class)) {
            Routes routes = container.bean(Routes.class);

            assertThat(routes.perhaps(-1)).isEmpty();
            assertThat(routes.perhaps(-1)).isEmpty();
            assertThat(routes.loads()).isEqualTo(1);
            assertThat(container.bean(RouteCodec.class).reads()).isZero();

            routes.perhaps(1);
            assertThat(routes.perhaps(1).orElseThrow().packed()).isEqualTo("P-1");
            assertThat(routes.loads()).isEqualTo(2);
        }
    }

    @Test
    void cache_byHand_hasTheCodecToo() {
        try (RunningContainer container = started(Routes.class, RouteCodec.class)) {
            ConnectionCaches caches = container.bean(ConnectionCaches.class);
            ConnectionCache<Integer, Route> byHand = caches.cache("by-hand", Integer.class, Route.class);
            byHand.put(1, Route.of("H"));

            assertThat(byHand.find(1).orElseThrow().packed()).isEqualTo("H");
            assertThat(caches.codecs().get("by-hand"))
                    .isEqualTo(new CacheCodec(
                            Route.class.getName(), false, "it has a codec, " + RouteCodec.class.getName()));
        }
    }

    @Test
    void rollingDeployment_ofAnotherVersion_isOutdatedAndNeverDecoded() {
        try (RunningContainer before = started(Routes.class, RouteCodec.class)) {
            before.bean(Routes.class).find(1);
        }
        try (RunningContainer after = started(Routes.class, NextCodec.class)) {
            Routes routes = after.bean(Routes.class);
            assertThat(routes.find(1).packed()).isEqualTo("A-1");
            assertThat(routes.loads()).isEqualTo(1);
            // One read is that of what it has written itself.
            assertThat(after.bean(NextCodec.class).reads()).isEqualTo(1);
            var statistics = after.bean(ConnectionCaches.class).statistics().get("routes");
            assertThat(statistics.outdated()).isEqualTo(1);
            assertThat(statistics.undecodable()).isZero();

            assertThat(routes.find(1).packed()).isEqualTo("A-1");
            assertThat(routes.loads()).isEqualTo(1);
        }
        try (RunningContainer withoutCodec = started(Routes.class)) {
            withoutCodec.bean(Routes.class).find(1);
            assertThat(withoutCodec
                            .bean(ConnectionCaches.class)
                            .statistics()
                            .get("routes")
                            .outdated())
                    .isEqualTo(1);
        }
    }

    @Test
    void nearCache_mutableValues_areDecodedForEachCaller() throws Exception {
        try (RunningContainer container =
                started(Map.of("near.enabled", "true", "near.max-staleness", "PT1H"), Routes.class, RouteCodec.class)) {
            Routes routes = container.bean(Routes.class);
            near(container, routes);

            Route spoilt = routes.find(1);
            spoilt.goOnTo("nowhere");
            assertThat(routes.find(1).packed()).isEqualTo("A-1");
            assertThat(routes.loads()).isEqualTo(1);
        }
    }

    @Test
    void nearCache_immutableValues_areOneObject() throws Exception {
        try (RunningContainer container = started(
                Map.of("near.enabled", "true", "near.max-staleness", "PT1H"), Routes.class, SharingCodec.class)) {
            Routes routes = container.bean(Routes.class);
            near(container, routes);

            assertThat(routes.find(1)).isSameAs(routes.find(1));
        }
    }

    private static void near(RunningContainer container, Routes routes) throws Exception {
        ConnectionCaches caches = container.bean(ConnectionCaches.class);
        until(() -> {
            routes.find(1);
            return caches.statistics().get("routes").nearHits() > 1;
        });
    }

    @Test
    void encryption_ofACodecsBytes_hidesThem() {
        String key = Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(UTF_8));
        try (RunningContainer container =
                started(Map.of("encryption.enabled", "true", "encryption.keys", key), Routes.class, RouteCodec.class)) {
            Routes routes = container.bean(Routes.class);
            routes.find(777);
            assertThat(routes.find(777).packed()).isEqualTo("A-777");
            assertThat(routes.loads()).isEqualTo(1);
            assertThat(new String(stored(container, "routes:777"), ISO_8859_1)).doesNotContain("A-777");
        }
    }

    @Test
    void bareJson_ofACodec_isItsBytesAndNothingElse() {
        try (RunningContainer container = started(Map.of("cache.routes.wire", "JSON"), Routes.class, JsonCodec.class)) {
            Routes routes = container.bean(Routes.class);
            routes.find(1);
            assertThat(container.stored("routes:1")).isEqualTo("{\"stops\":\"A-1\"}");
            assertThat(routes.find(1).packed()).isEqualTo("A-1");
            assertThat(routes.loads()).isEqualTo(1);
        }
    }

    @Test
    void bareJson_ofACodecThatWritesNone_isNotStored() {
        try (LoggedLines lines = new LoggedLines();
                RunningContainer container =
                        started(Map.of("cache.routes.wire", "JSON"), Routes.class, RouteCodec.class)) {
            Routes routes = container.bean(Routes.class);
            assertThat(routes.find(1).packed()).isEqualTo("A-1");
            assertThat(container.stored("routes:1")).isNull();
            assertThat(lines.warnings()).anyMatch(line -> line.startsWith("CC-0444"));
        }
    }

    @Test
    void encode_thatFails_isSaidOnceAndFailsNoCaller() {
        try (LoggedLines lines = new LoggedLines();
                RunningContainer container = started(Routes.class, FailingCodec.class)) {
            Routes routes = container.bean(Routes.class);
            List<Callable<byte[]>> faults = List.of(
                    () -> {
                        throw new IOException("Pa55w0rd");
                    },
                    () -> {
                        throw new StackOverflowError("Pa55w0rd");
                    },
                    () -> null);
            for (Callable<byte[]> fault : faults) {
                container.bean(FailingCodec.class).write(fault);
                assertThat(routes.find(1).packed()).isEqualTo("A-1");
            }
            assertThat(routes.loads()).isEqualTo(3);
            assertThat(stored(container, "routes:1")).isNull();
            assertThat(lines.warnings().stream().filter(line -> line.startsWith("CC-0444")))
                    .singleElement()
                    .asString()
                    .contains("Routes.find(int)", FailingCodec.class.getName(), "java.io.IOException")
                    .doesNotContain("Pa55w0rd");
        }
    }

    @Test
    void encode_whatCannotBeDecoded_isNotStored() {
        try (LoggedLines lines = new LoggedLines();
                RunningContainer container = started(Routes.class, FailingCodec.class)) {
            container.bean(FailingCodec.class).read(() -> {
                throw new IOException("Pa55w0rd");
            });
            assertThat(container.bean(Routes.class).find(1).packed()).isEqualTo("A-1");
            assertThat(stored(container, "routes:1")).isNull();
            assertThat(lines.warnings()).anyMatch(line -> line.startsWith("CC-0444"));
        }
    }

    @Test
    void decode_thatFails_isAMissAndTheEntryGoes() {
        try (LoggedLines lines = new LoggedLines();
                RunningContainer container = started(Routes.class, FailingCodec.class)) {
            Routes routes = container.bean(Routes.class);
            FailingCodec codec = container.bean(FailingCodec.class);
            routes.find(1);
            codec.read(() -> {
                throw new IOException("Pa55w0rd");
            });
            assertThat(routes.find(1).packed()).isEqualTo("A-1");
            codec.read(() -> null);
            assertThat(routes.find(1).packed()).isEqualTo("A-1");

            assertThat(routes.loads()).isEqualTo(3);
            assertThat(stored(container, "routes:1")).isNull();
            assertThat(lines.warnings())
                    .anyMatch(line -> line.startsWith("CC-0401") && line.contains("java.io.IOException"))
                    .noneMatch(line -> line.contains("Pa55w0rd"));
        }
    }

    @Test
    void alternative_standsInThePlaceOfTheOther() {
        try (RunningContainer container = started(Routes.class, RouteCodec.class, OtherCodec.class)) {
            container.bean(Routes.class).find(1);
            assertThat(new String(stored(container, "routes:1"), ISO_8859_1)).endsWith("other A-1");
        }
    }

    @Test
    void deployment_twoCodecsOfOneType_isRefused() {
        assertThat(refusal(Routes.class, RouteCodec.class, NextCodec.class))
                .contains("CC-0501", "CC-0440", RouteCodec.class.getName(), NextCodec.class.getName());
        assertThat(refusal(Routes.class, TwoProducers.class)).contains("CC-0440", TwoProducers.class.getName());
    }

    @Test
    void deployment_codecOfUnknownOrPrescribedType_isRefused() {
        assertThat(refusal(Routes.class, OfAnyList.class)).contains("CC-0441", OfAnyList.class.getName());
        assertThat(refusal(Routes.class, OfConnections.class)).contains("CC-0443", "prescribes");
    }

    @Test
    void start_codecWithoutVersion_isRefused() {
        assertThat(refusal(Routes.class, WithoutVersion.class)).contains("CC-0443", "version");
    }

    @Test
    void deployment_codecThatNoMethodNeeds_isSaid() {
        try (LoggedLines lines = new LoggedLines();
                RunningContainer container = started(CodecChoiceTest.Titles.class, RouteCodec.class)) {
            assertThat(container.bean(CodecChoiceTest.Titles.class).find(1).text())
                    .isEqualTo("t1");
            assertThat(lines.warnings())
                    .anyMatch(line -> line.startsWith("CC-0442") && line.contains(RouteCodec.class.getName()));
        }
    }

    @Test
    void deployment_doubtfulTypeWithoutCodec_isSaidAndWithOneIsNot() {
        try (LoggedLines lines = new LoggedLines();
                RunningContainer container = started(Routes.class)) {
            assertThat(container.bean(Routes.class).find(1).packed()).isEqualTo("A-1");
            assertThat(lines.warnings())
                    .anyMatch(line -> line.startsWith("CC-0406") && line.contains("Routes.find(int)"));
        }
        try (LoggedLines lines = new LoggedLines();
                RunningContainer container = started(Routes.class, RouteCodec.class)) {
            assertThat(container.bean(Routes.class).find(1).packed()).isEqualTo("A-1");
            assertThat(lines.warnings())
                    .noneMatch(line -> line.startsWith("CC-0406") && line.contains("Routes.find(int)"));
        }
    }
}
