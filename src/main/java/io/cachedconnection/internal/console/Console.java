package io.cachedconnection.internal.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.CacheCodec;
import io.cachedconnection.internal.common.Histogram.Snapshot;
import io.cachedconnection.internal.config.SettingsReader.SettingInForce;
import io.cachedconnection.internal.console.Samples.Lines;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.Cache.Switch;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.EntryReport;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.ServerReport;
import io.cachedconnection.internal.engine.store.Stamps;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreHealth;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.write.RefusedWriteException;
import io.cachedconnection.internal.engine.write.WriteCounters.Fate;
import io.cachedconnection.internal.engine.write.WriteCounters.Scope;
import io.cachedconnection.internal.message.ConfigMessage;
import io.cachedconnection.internal.message.ConsoleMessage;
import io.cachedconnection.internal.operations.Control;
import io.cachedconnection.internal.operations.Operations;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The console of one application, as JSON. Its state is shown without a call to Redis. Thread-safe.
 */
public final class Console {

    private static final Logger LOG = System.getLogger("io.cachedconnection");
    private static final int RATE_SECONDS = 10;
    private static final int MOST_ACTIONS = 50;
    private static final int MOST_SHOWN_OF_A_VALUE = 64 * 1024;
    private static final int MOST_SHOWN_BYTES = 512;

    private final Operations operations;
    private final Control control;
    private final Samples samples;
    private final Settings settings;
    private final boolean showsValues;
    private final JsonBuilderFactory json = Json.createBuilderFactory(Map.of());
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Done> actions = new ArrayDeque<>(); // guarded by the lock; newest first

    /** The current settings of the application. */
    public interface Settings {

        /** Returns the settings of the application and of all caches. */
        List<SettingInForce> all();

        /** Returns the settings of one cache. */
        List<SettingInForce> of(String cache);
    }

    /** An action of an operator. */
    private record Done(Instant at, String who, String action, String about, String outcome) {}

    /** A refused request, with a readable reason. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status, String reason) {
            super(reason, null, false, false);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /** Creates a console; {@code showsValues} decides whether an inspected key shows its value. */
    public Console(Operations operations, Control control, Settings settings, boolean showsValues) {
        this.operations = operations;
        this.control = control;
        this.settings = settings;
        this.showsValues = showsValues;
        this.samples = new Samples(operations);
    }

    /** Returns the samples; run them every {@link Samples#STEP_SECONDS}. */
    public Samples samples() {
        return samples;
    }

    /** Returns the overall state, with the {@code limit} busiest caches whose names contain {@code filter}. */
    JsonObject state(String filter, int limit) {
        StoreHealth.State health = operations.state();
        JsonObjectBuilder near =
                json.createObjectBuilder().add("on", operations.isNear()).add("heard", operations.isHeard());
        @Nullable Duration age = operations.proofAge();
        add(near, "proofAgeMillis", age == null ? null : age.toMillis());
        JsonObjectBuilder redis =
                json.createObjectBuilder().add("address", operations.address()).add("wasSeen", health.wasSeen());
        add(redis, "lostForMillis", millis(health.lostFor()));
        JsonArrayBuilder servers = json.createArrayBuilder();
        operations.servers().forEach(report -> servers.add(server(report)));
        List<Cache> matching = operations.caches().values().stream()
                .filter(cache -> cache.name().toLowerCase(Locale.ROOT).contains(filter.toLowerCase(Locale.ROOT)))
                .toList();
        JsonArrayBuilder caches = json.createArrayBuilder();
        Map<String, CacheCodec> codecs = operations.codecs();
        busiest(matching, limit).forEach(cache -> caches.add(row(cache, codecs.get(cache.name()))));
        JsonArrayBuilder done = json.createArrayBuilder();
        lock.lock();
        try {
            actions.forEach(each -> done.add(json.createObjectBuilder()
                    .add("at", each.at.toEpochMilli())
                    .add("who", each.who)
                    .add("action", each.action)
                    .add("about", each.about)
                    .add("outcome", each.outcome)));
        } finally {
            lock.unlock();
        }
        return json.createObjectBuilder()
                .add("version", Operations.version())
                .add("now", System.currentTimeMillis())
                .add("showsValues", showsValues)
                .add("pendingEvictions", operations.pendingEvictions())
                .add("near", near)
                .add("redis", redis.add("servers", servers))
                .add("rateSeconds", RATE_SECONDS)
                .add("cachesInAll", operations.caches().size())
                .add("cachesMatching", matching.size())
                .add("caches", caches)
                .add("actions", done)
                .build();
    }

    private List<Cache> busiest(List<Cache> among, int limit) {
        if (among.size() <= limit) {
            return among;
        }
        record Busy(Cache cache, double rate, long lookups) {}
        List<Busy> all = new ArrayList<>();
        for (Cache cache : among) {
            double[] rates = samples.rates(cache.name(), RATE_SECONDS);
            CacheCounters counters = cache.counters();
            all.add(new Busy(
                    cache,
                    rates[0] + rates[1] + rates[2] + rates[3],
                    counters.of(Event.NEAR_HIT, Event.HIT, Event.MISS, Event.LOAD)));
        }
        all.sort(Comparator.comparingDouble(Busy::rate)
                .thenComparingLong(Busy::lookups)
                .reversed()
                .thenComparing(busy -> busy.cache().name()));
        return all.stream()
                .limit(limit)
                .map(Busy::cache)
                .sorted(Comparator.comparing(Cache::name))
                .toList();
    }

    private JsonObjectBuilder row(Cache cache, @Nullable CacheCodec codec) {
        CacheCounters counters = cache.counters();
        CacheSettings now = cache.settings().get();
        double[] rates = samples.rates(cache.name(), RATE_SECONDS);
        JsonObjectBuilder perSecond = json.createObjectBuilder();
        for (int i = 0; i < rates.length; i++) {
            perSecond.add(Samples.OF_CACHE.get(i), rates[i]);
        }
        Snapshot loads = counters.loads().snapshot();
        JsonObjectBuilder row = json.createObjectBuilder()
                .add("name", cache.name())
                .add("on", now.enabled())
                .add("switchedOffHere", cache.position() != Switch.BY_SETTINGS)
                .add("leftAlone", now.isLeftAlone())
                .add("nearOn", now.near().enabled())
                .add("nearEntries", operations.nearEntries(cache))
                .add("near", counters.of(Event.NEAR_HIT))
                .add("hits", counters.of(Event.HIT))
                .add("misses", counters.of(Event.MISS, Event.BYPASS_UNREACHABLE, Event.BYPASS_PENDING_EVICTION))
                .add("bypasses", counters.of(Event.BYPASS_OFF, Event.BYPASS_TRANSACTION))
                .add("loads", counters.of(Event.LOAD))
                .add("rejected", counters.of(Event.UNDECODABLE, Event.OUTDATED, Event.UNTRUSTED))
                .add("failures", counters.of(Event.FAILURE))
                .add("loadP50", Samples.micros(loads, 0.5))
                .add("loadP99", Samples.micros(loads, 0.99))
                .add("rates", perSecond);
        addLies(row, counters);
        if (codec != null) {
            row.add(
                    "codec",
                    json.createObjectBuilder()
                            .add("type", codec.type())
                            .add("direct", codec.direct())
                            .add("reason", codec.reason()));
        }
        return row;
    }

    /** Adds the number of lies, if any hits were verified. */
    private static void addLies(JsonObjectBuilder row, CacheCounters counters) {
        if (counters.of(Event.VERIFIED) > 0) {
            row.add("lies", counters.of(Event.LIE));
        }
    }

    private JsonObjectBuilder server(ServerReport report) {
        JsonObjectBuilder server = json.createObjectBuilder()
                .add("address", report.address())
                .add("port", report.port())
                .add("database", report.database())
                .add("takesWrites", report.takesWrites())
                .add("openings", report.openings());
        add(server, "leftAloneForMillis", millis(report.leftAloneFor()));
        server.add("reads", times(Samples.sum(report, false)));
        server.add("writes", times(Samples.sum(report, true)));
        JsonArrayBuilder pools = json.createArrayBuilder();
        report.pools()
                .forEach(pool -> pools.add(json.createObjectBuilder()
                        .add("name", pool.name())
                        .add("used", pool.used())
                        .add("idle", pool.idle())
                        .add("max", pool.max())
                        .add("pending", pool.pending())
                        .add("timeouts", pool.timeouts())));
        return server.add("pools", pools);
    }

    private JsonObjectBuilder times(@Nullable Snapshot times) {
        return json.createObjectBuilder()
                .add("count", times == null ? 0 : times.count())
                .add("p50", Samples.micros(times, 0.5))
                .add("p99", Samples.micros(times, 0.99));
    }

    /** Returns the details of one cache since the start, and its settings. */
    JsonObject cache(String name) {
        Cache cache = known(name);
        CacheCounters counters = cache.counters();
        JsonObjectBuilder events = json.createObjectBuilder();
        for (Event event : Event.values()) {
            events.add(event.name(), counters.of(event));
        }
        JsonObjectBuilder evictions = json.createObjectBuilder();
        for (Scope scope : List.of(Scope.KEY, Scope.ALL)) {
            for (Fate fate : Fate.values()) {
                evictions.add(scope + "_" + fate, operations.writes().of(name, scope, fate));
            }
        }
        Snapshot sizes = counters.sizes().snapshot();
        return json.createObjectBuilder()
                .add("name", name)
                .add("events", events)
                .add("evictions", evictions)
                .add("waitsForNode", times(counters.waitsForNode().snapshot()))
                .add("waitsForCluster", times(counters.waitsForCluster().snapshot()))
                .add("sizeP50", sizes.quantile(0.5))
                .add("sizeP99", sizes.quantile(0.99))
                .add("settings", settings(settings.of(name)))
                .build();
    }

    /** Returns the settings in force. */
    JsonObject settings() {
        return json.createObjectBuilder()
                .add("settings", settings(settings.all()))
                .build();
    }

    private JsonArrayBuilder settings(List<SettingInForce> all) {
        JsonArrayBuilder array = json.createArrayBuilder();
        all.forEach(each -> array.add(json.createObjectBuilder()
                .add("key", each.key())
                .add("value", each.value())
                .add("source", each.source())));
        return array;
    }

    /** Returns the lines of all caches together, of one cache, or of one server, from sample {@code from} on. */
    JsonObject lines(@Nullable String cache, @Nullable String server, long from) {
        Lines lines = server == null ? samples.ofCache(cache, from) : samples.ofServer(server, from);
        JsonArrayBuilder times = json.createArrayBuilder();
        for (long time : lines.times()) {
            times.add(time);
        }
        JsonObjectBuilder numbers = json.createObjectBuilder();
        for (int kind = 0; kind < lines.kinds().size(); kind++) {
            JsonArrayBuilder line = json.createArrayBuilder();
            for (int number : lines.numbers()[kind]) {
                line.add(number);
            }
            numbers.add(lines.kinds().get(kind), line);
        }
        return json.createObjectBuilder()
                .add("first", lines.first())
                .add("length", Samples.LENGTH)
                .add("stepSeconds", Samples.STEP_SECONDS)
                .add("times", times)
                .add("numbers", numbers)
                .build();
    }

    /**
     * Performs the action of {@code request} on behalf of {@code who}.
     *
     * @throws Refused if the action is not possible
     */
    JsonObject act(String action, JsonObject request, String who) {
        try {
            return switch (action) {
                case "inspect" -> inspect(request, who);
                case "evict" -> evict(request, who);
                case "switch" -> turn(request, who);
                default -> throw new Refused(404, "There is no such action.");
            };
        } catch (RefusedWriteException e) {
            done(who, action, "cache " + e.cache(), "refused");
            throw new Refused(
                    409,
                    "Redis is unavailable and evict.on-failure is FAIL. The eviction is kept and delivered when Redis is"
                            + " available.");
        } catch (StoreException e) {
            throw new Refused(503, "Redis does not answer: " + e.getMessage() + ".");
        }
    }

    private JsonObject inspect(JsonObject request, String who) {
        EntryKey key = key(request);
        EntryReport report = control.inspect(key);
        done(who, "look a key up", about(key), report.payload() == null ? "no entry" : "an entry");
        JsonObjectBuilder found = json.createObjectBuilder()
                .add("cache", key.cache())
                .add("redisKey", key.text())
                .add("found", report.payload() != null)
                .add("foreign", report.isForeign())
                .add("outdated", report.isOutdated())
                .add("writes", report.writes());
        add(found, "lifeMillis", millis(report.life()));
        add(found, "leaseMillis", millis(report.leaseLeft()));
        add(found, "evictedMillis", millis(report.sinceEviction()));
        byte[] payload = report.payload();
        if (payload != null) {
            found.add("bytes", payload.length);
            found.add("tags", Math.max(0, Stamps.carriedBy(payload).bytes().length / Stamps.BYTES - 1));
            if (showsValues) {
                found.add("value", value(key, payload));
            }
        }
        return found.build();
    }

    private String value(EntryKey key, byte[] payload) {
        try {
            byte[] content = control.value(key, payload);
            if (content == null) {
                return "(not decoded: the cache has not been used on this node yet)";
            }
            try {
                String text = UTF_8.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(content))
                        .toString();
                return text.length() <= MOST_SHOWN_OF_A_VALUE
                        ? text
                        : text.substring(0, MOST_SHOWN_OF_A_VALUE) + "… (" + content.length + " bytes)";
            } catch (CharacterCodingException e) {
                String bytes =
                        HexFormat.ofDelimiter(" ").formatHex(content, 0, Math.min(MOST_SHOWN_BYTES, content.length));
                return content.length <= MOST_SHOWN_BYTES ? bytes : bytes + " … (" + content.length + " bytes)";
            }
        } catch (UnreadableValueException e) {
            return "(cannot be read as a value of this version of the application)";
        }
    }

    private JsonObject evict(JsonObject request, String who) {
        if (request.containsKey("tag")) {
            try {
                control.evictTag(text(request, "tag"));
            } catch (IllegalArgumentException e) { // its message does not contain the tag
                throw new Refused(400, String.valueOf(e.getMessage()));
            }
            return done(who, "evict a tag", "cache " + KeySpace.OF_TAGS, evicted());
        }
        if (flag(request, "all", JsonValue.FALSE)) {
            Cache cache = known(text(request, "cache"));
            control.clear(cache);
            return done(who, "evict all of a cache", "cache " + cache.name(), evicted());
        }
        EntryKey key = key(request);
        control.evict(key);
        return done(who, "evict a key", about(key), evicted());
    }

    private String evicted() {
        int pending = operations.pendingEvictions();
        return pending == 0 ? "done" : "done, or waiting for Redis: " + pending + " eviction(s) wait";
    }

    private JsonObject turn(JsonObject request, String who) {
        Cache cache = known(text(request, "cache"));
        boolean on = flag(request, "on", JsonValue.NULL);
        if (on) {
            control.switchOn(cache);
            boolean isOn = cache.settings().get().enabled();
            return done(who, "switch a cache on", "cache " + cache.name(), isOn ? "on" : "still off by its settings");
        }
        control.switchOff(cache);
        boolean isLeftAlone = cache.settings().get().isLeftAlone();
        JsonObject outcome = done(
                who,
                "switch a cache off",
                "cache " + cache.name(),
                isLeftAlone ? "off, and writes do not evict from it" : "off; writes still evict from it");
        if (isLeftAlone) {
            LOG.log(Level.WARNING, ConfigMessage.LEFT_ALONE.with(cache.name()));
        }
        return outcome;
    }

    private EntryKey key(JsonObject request) {
        String text = text(request, "key");
        if (flag(request, "whole", JsonValue.FALSE)) {
            @Nullable EntryKey key = control.named(text);
            if (key == null) {
                throw new Refused(
                        404,
                        "No cache of this application has such a key. A Redis key begins with the key-prefix and the"
                                + " name of its cache.");
            }
            return key;
        }
        Cache cache = known(text(request, "cache"));
        boolean isPlain = text.codePoints()
                .noneMatch(each ->
                        Character.isWhitespace(each) || Character.isISOControl(each) || each == '{' || each == '}');
        if (!isPlain) {
            throw new Refused(
                    400,
                    "A key holds no white space, control character or brace: they stand in it as %20 and so on, see"
                            + " docs/reference/keys.md.");
        }
        return control.key(cache, text);
    }

    private Cache known(String name) {
        @Nullable Cache cache = control.cache(name);
        if (cache == null) {
            throw new Refused(404, "There is no such cache.");
        }
        return cache;
    }

    private static String text(JsonObject request, String name) {
        @Nullable JsonValue value = request.get(name);
        if (!(value instanceof JsonString text) || text.getString().isEmpty()) {
            throw new Refused(400, "\"" + name + "\" is missing.");
        }
        return text.getString();
    }

    private static boolean flag(JsonObject request, String name, JsonValue absent) {
        JsonValue value = request.getOrDefault(name, absent);
        if (!value.equals(JsonValue.TRUE) && !value.equals(JsonValue.FALSE)) {
            throw new Refused(400, "\"" + name + "\" has to be true or false.");
        }
        return value.equals(JsonValue.TRUE);
    }

    private static String about(EntryKey key) {
        return "cache " + key.cache() + ", key " + key.digest();
    }

    /** Records an action in the log and for the page. Neither shows a key. */
    private JsonObject done(String who, String action, String about, String outcome) {
        LOG.log(Level.INFO, ConsoleMessage.ACTION.with(who, action, about + ": " + outcome));
        lock.lock();
        try {
            actions.addFirst(new Done(Instant.now(), who, action, about, outcome));
            while (actions.size() > MOST_ACTIONS) {
                actions.removeLast();
            }
        } finally {
            lock.unlock();
        }
        return json.createObjectBuilder().add("outcome", outcome).build();
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }

    private static void add(JsonObjectBuilder to, String name, @Nullable Long number) {
        if (number == null) {
            to.addNull(name);
        } else {
            to.add(name, number);
        }
    }
}
