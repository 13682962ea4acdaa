package io.cachedconnection.benchmarks;

import java.util.List;

/** Where the time of a hit goes, by samples of Flight Recorder: fifteen seconds of hits of each kind by one thread, as Markdown. */
public final class HitProfile {

    private HitProfile() {}

    public static void main(String[] arguments) throws Exception {
        try (BenchmarkRedis redis = BenchmarkRedis.started()) {
            RedisAddress.use(redis.uri());
            try (WireApplication application = new WireApplication()) {
                System.out.println(Profile.head("hit, % of its samples"));
                for (String cache : List.of(WireRepository.BARE, WireRepository.PRIVATE)) {
                    Runnable hit = () -> application.lookups().get(cache).accept(Value.ID);
                    System.out.println("| " + cache + " | " + Profile.TIME.shares(hit) + " |");
                }
                application.check();
            }
        }
    }
}
