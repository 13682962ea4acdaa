package io.cachedconnection.outages;

import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.RedisSettings.ConnectionSettings;
import io.cachedconnection.internal.endpoint.Secret;
import io.cachedconnection.outages.Fault.Nature;
import io.cachedconnection.outages.Proxy.Manner;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** What can befall one Redis, or the way to it. */
final class ServerFaults {

    private ServerFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault("hang", "SIGSTOP, then SIGCONT", Nature.TOTAL, ServerFaults::hang),
                new Fault("kill", "SIGKILL; started again, empty, in the end", Nature.TOTAL, ServerFaults::kill),
                new Fault("restart-empty", "SIGKILL, and at once started again", Nature.PASSING, ServerFaults::restart),
                new Fault("connection-kill", "CLIENT KILL TYPE normal", Nature.PASSING, ServerFaults::connectionKill),
                new Fault("refuse", "connections dropped, no listener", Nature.TOTAL, ServerFaults::refuse),
                new Fault(
                        "black-hole-connect",
                        "connections dropped; connecting gets no answer (full backlog)",
                        Nature.TOTAL,
                        ServerFaults::vanish),
                new Fault(
                        "black-hole",
                        "a proxy swallows everything, on old and new connections",
                        Nature.TOTAL,
                        () -> proxied(Manner.SWALLOW)),
                new Fault(
                        "drip",
                        "a proxy delivers replies a byte every 20 ms",
                        Nature.TRICKLE,
                        () -> proxied(Manner.DRIP)),
                new Fault("delay", "a proxy delivers replies 50 ms later", Nature.SLOW, () -> proxied(Manner.DELAY)),
                new Fault(
                        "crowd",
                        "400 more threads of the application, which pause for 1 ms",
                        Nature.SLOW,
                        ServerFaults::well,
                        400),
                new Fault(
                        "starved",
                        "20 threads of the application that only calculate",
                        Nature.SLOW,
                        ServerFaults::starved),
                new Fault("readonly", "REPLICAOF a master that is not there", Nature.PARTIAL, () -> replica("yes")),
                new Fault("masterdown", "the same with replica-serve-stale-data no", Nature.TOTAL, () -> replica("no")),
                new Fault("oom", "maxmemory 1, maxmemory-policy noeviction", Nature.PARTIAL, ServerFaults::full),
                new Fault(
                        "wrong-password",
                        "requirepass changed, then CLIENT KILL TYPE normal",
                        Nature.TOTAL,
                        ServerFaults::wrongPassword));
    }

    private static Scene hang() throws Exception {
        RedisProcess redis = RedisProcess.started();
        return Scene.at(redis.port(), redis::hang, redis::resume, redis);
    }

    private static Scene kill() throws Exception {
        RedisProcess redis = RedisProcess.started();
        return Scene.at(redis.port(), redis::kill, redis::start, redis);
    }

    private static Scene restart() throws Exception {
        RedisProcess redis = RedisProcess.started();
        Scene.Act restart = () -> {
            redis.kill();
            redis.start();
        };
        return Scene.at(redis.port(), restart, Scene.NOTHING, redis);
    }

    private static Scene connectionKill() throws Exception {
        RedisProcess redis = RedisProcess.started();
        return Scene.at(redis.port(), () -> killConnections(redis), Scene.NOTHING, redis);
    }

    private static void killConnections(RedisProcess redis) {
        Ask.server(redis.port(), "CLIENT", "KILL", "TYPE", "normal");
    }

    private static Scene refuse() throws Exception {
        RedisProcess redis = RedisProcess.started();
        Proxy proxy = new Proxy(redis.port());
        return Scene.at(proxy.port(), proxy::refuse, proxy::listen, redis, proxy);
    }

    private static Scene vanish() throws Exception {
        RedisProcess redis = RedisProcess.started();
        Proxy proxy = new Proxy(redis.port());
        return Scene.at(proxy.port(), proxy::vanish, proxy::listen, redis, proxy);
    }

    private static Scene proxied(Manner manner) throws Exception {
        RedisProcess redis = RedisProcess.started();
        Proxy proxy = new Proxy(redis.port());
        return Scene.at(proxy.port(), () -> proxy.be(manner), () -> proxy.be(Manner.PASS), redis, proxy);
    }

    private static Scene well() throws Exception {
        RedisProcess redis = RedisProcess.started();
        return Scene.at(redis.port(), Scene.NOTHING, Scene.NOTHING, redis);
    }

    private static Scene starved() throws Exception {
        RedisProcess redis = RedisProcess.started();
        AtomicBoolean isOver = new AtomicBoolean();
        Scene.Act strike = () -> {
            for (int i = 0; i < 20; i++) {
                new Thread(() -> burn(isOver), "burner-" + i).start();
            }
        };
        return Scene.at(redis.port(), strike, () -> isOver.set(true), redis, () -> isOver.set(true));
    }

    private static void burn(AtomicBoolean isOver) {
        while (!isOver.get()) {
            Thread.onSpinWait();
        }
    }

    private static Scene replica(String servesStaleData) throws Exception {
        RedisProcess redis = RedisProcess.started("--replica-serve-stale-data", servesStaleData);
        String nobody = String.valueOf(LoopbackPorts.free());
        Scene.Act strike = () -> Ask.server(redis.port(), "REPLICAOF", RedisProcess.HOST, nobody);
        return Scene.at(redis.port(), strike, () -> Ask.server(redis.port(), "REPLICAOF", "NO", "ONE"), redis);
    }

    private static Scene full() throws Exception {
        RedisProcess redis = RedisProcess.started("--maxmemory-policy", "noeviction");
        return Scene.at(redis.port(), () -> maxMemory(redis, "1"), () -> maxMemory(redis, "0"), redis);
    }

    private static void maxMemory(RedisProcess redis, String bytes) {
        Ask.server(redis.port(), "CONFIG", "SET", "maxmemory", bytes);
    }

    private static Scene wrongPassword() throws Exception {
        RedisProcess redis = RedisProcess.started("--requirepass", "right");
        ConnectionSettings connectionSettings =
                new ConnectionSettings(new Credentials(null, new Secret("right")), null, 0, null);
        Scene.Act strike = () -> {
            Ask.server(redis.port(), "right", List.of("CONFIG", "SET", "requirepass", "other"));
            Ask.server(redis.port(), "other", List.of("CLIENT", "KILL", "TYPE", "normal"));
        };
        Scene.Act end = () -> Ask.server(redis.port(), "other", List.of("CONFIG", "SET", "requirepass", "right"));
        return new Scene(Scene.server(redis.port()), connectionSettings, strike, end, List.of(redis));
    }
}
