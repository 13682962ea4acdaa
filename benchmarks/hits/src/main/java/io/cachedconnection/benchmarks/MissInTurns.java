package io.cachedconnection.benchmarks;

import io.cachedconnection.CacheStatistics;
import io.cachedconnection.benchmarks.Turns.Cost;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.internal.json.JsonbCodecs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import redis.clients.jedis.params.SetParams;

/**
 * A miss of a key that is new, beside the same by hand and what both are made of: in one JVM, turn by
 * turn, by one thread; first of a record with fourteen components, then of one with four. Then where the time and the garbage
 * of a miss go. As Markdown.
 */
public final class MissInTurns {

    private static final int WARM_UP = 16;
    private static final int TURNS = 24;
    private static final String BY_HAND = "by hand";
    private static final String MISS = "miss";
    private static final String TRIPS = "three bare round trips";
    private static final String TO_JSON = "`Jsonb.toJson` alone";
    private static final String ENCODE = "the codec alone";

    /** One kind of miss. */
    private record Kind(String cache, Object loaded, Function<UUID, Object> lookup) {}

    private final Sides sides;
    private final Keys keys = new Keys();
    private final TrivialScript script = new TrivialScript();
    private final int turns;

    private MissInTurns(Sides sides, int turns) {
        this.sides = sides;
        this.turns = turns;
        script.load(sides.stored());
    }

    /** The argument is the number of turns of each side; without one there are twenty-four. */
    public static void main(String[] arguments) throws Exception {
        int turns = arguments.length == 0 ? TURNS : Integer.parseInt(arguments[0]);
        try (BenchmarkRedis redis = BenchmarkRedis.started()) {
            RedisAddress.use(redis.uri());
            try (Sides sides = Sides.on(Value.RECORD)) {
                MissInTurns misses = new MissInTurns(sides, turns);
                Repository repository = sides.application().repository;
                List<Kind> kinds = List.of(
                        new Kind(Repository.LOADED, Repository.ROW, repository::loaded),
                        new Kind(Repository.SMALL, Repository.ITEM, repository::small));
                System.out.println("""
                        | call | loads | time, µs | work, µs | garbage, B | time / by hand |
                        |---|---|--:|--:|--:|--:|""");
                for (Kind kind : kinds) {
                    misses.compare(kind);
                }
                System.out.println();
                System.out.println(Profile.head("miss, % of its"));
                for (Kind kind : kinds) {
                    for (Profile profile : Profile.values()) {
                        System.out.println("| " + profile.name().toLowerCase(Locale.ROOT) + ", " + kind.cache() + " | "
                                + profile.shares(() -> misses.miss(kind)) + " |");
                    }
                }
            }
        }
    }

    private void compare(Kind kind) throws Exception {
        ValueCodec<Object> codec = new JsonbCodecs().of(kind.loaded().getClass());
        Map<String, Turns> calls = new LinkedHashMap<>();
        calls.put(BY_HAND, new Turns(() -> byHand(kind), 1));
        calls.put(MISS, new Turns(() -> miss(kind), 1));
        calls.put(TRIPS, new Turns(this::trips, 1));
        calls.put(TO_JSON, new Turns(() -> sides.stored().jsonb.toJson(kind.loaded()), 1));
        calls.put(ENCODE, new Turns(() -> encode(codec, kind.loaded()), 1));
        long before = keys.given();
        CacheStatistics then = sides.application().statistics(kind.cache());
        Rounds measured = Rounds.of(calls, WARM_UP, turns);
        CacheStatistics now = sides.application().statistics(kind.cache());
        if (now.stores() - then.stores() != now.misses() - then.misses() || now.hits() > then.hits()) {
            throw new IllegalStateException("Not all of " + (keys.given() - before) + " lookups were misses: " + now);
        }
        for (String call : calls.keySet()) {
            List<String> cells = List.of(
                    call,
                    kind.cache(),
                    measured.of(call, cost -> cost.nanos() / 1000).text(1),
                    measured.of(call, cost -> cost.work() / 1000).text(1),
                    String.format(
                            Locale.ROOT, "%.0f", measured.of(call, Cost::bytes).median()),
                    measured.compared(call, BY_HAND, Cost::nanos, (one, other) -> one / other)
                            .text(2));
            System.out.println("| " + String.join(" | ", cells) + " |");
        }
    }

    private Object byHand(Kind kind) {
        String key = "benchmark:by-hand:" + keys.fresh();
        StoredValue stored = sides.stored();
        if (stored.redis.get(key) != null) {
            throw new IllegalStateException("The key is there, so this is no miss.");
        }
        return stored.redis.set(
                key, stored.jsonb.toJson(kind.loaded()), SetParams.setParams().px(Repository.LIFE_MILLIS));
    }

    private Object miss(Kind kind) {
        return kind.lookup().apply(keys.fresh());
    }

    private void trips() {
        String key = "benchmark:by-hand:" + keys.fresh();
        sides.stored().redis.get(key);
        script.run(key);
        script.run(key);
    }

    private static void encode(ValueCodec<Object> codec, Object value) {
        try {
            codec.encode(value);
        } catch (UnreadableValueException e) {
            throw new IllegalStateException(e);
        }
    }
}
