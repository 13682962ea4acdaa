package io.cachedconnection.benchmarks;

import java.net.URI;
import redis.clients.jedis.Jedis;

/** What Redis says that it has done. */
final class RedisWork implements AutoCloseable {

    private final Jedis redis;

    RedisWork(URI uri) {
        redis = new Jedis(uri);
    }

    Done done() {
        String cpu = redis.info("cpu");
        String stats = redis.info("stats");
        double seconds = number(cpu, "used_cpu_user:") + number(cpu, "used_cpu_sys:");
        return new Done(seconds * 1e6, number(stats, "total_net_output_bytes:"));
    }

    private static double number(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow();
    }

    /** How many connections are open that call themselves {@code name}. */
    long connections(String name) {
        return redis.clientList()
                .lines()
                .filter(line -> line.contains(" name=" + name + " "))
                .count();
    }

    @Override
    public void close() {
        redis.close();
    }

    /**
     * Work.
     *
     * @param cpuMicros microseconds of a processor
     * @param bytesOut what was sent to clients
     */
    record Done(double cpuMicros, double bytesOut) {

        Done since(Done before) {
            return new Done(cpuMicros - before.cpuMicros, bytesOut - before.bytesOut);
        }

        Done per(double number) {
            return new Done(cpuMicros / number, bytesOut / number);
        }
    }
}
