package io.cachedconnection.benchmarks;

import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A script that does nothing, with as many keys and arguments as those of a write have. */
@State(Scope.Benchmark)
public class TrivialScript {

    private StoredValue stored;
    private String sha;

    @Setup(Level.Trial)
    public void load(StoredValue stored) {
        this.stored = stored;
        sha = stored.redis.scriptLoad("return 1");
    }

    Object run(String key) {
        return stored.redis.evalsha(sha, List.of(key, "{" + key + "}:fence", "{benchmark}:fence"), List.of("1", "2"));
    }
}
