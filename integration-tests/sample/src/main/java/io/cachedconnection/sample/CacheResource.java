package io.cachedconnection.sample;

import io.cachedconnection.CacheStatistics;
import io.cachedconnection.ConnectionCaches;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The counters over HTTP: what each cache has done, and how often the database was asked. */
@Path("cache")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class CacheResource {

    @Inject
    private ConnectionCaches caches;

    @Inject
    private DatabaseLoads loads;

    @Inject
    @ConfigProperty(name = "cached-connection.redis.uri")
    private String redis;

    @GET
    public JsonObject counters() {
        var byCache = Json.createObjectBuilder();
        caches.statistics().forEach((cache, statistics) -> byCache.add(cache, json(statistics)));
        var loaded = Json.createObjectBuilder();
        loads.counts().forEach(loaded::add);
        return Json.createObjectBuilder()
                .add("redis", RedisAddress.shown(redis))
                .add("caches", byCache)
                .add("database_loads", loaded)
                .build();
    }

    private static JsonObject json(CacheStatistics statistics) {
        return Json.createObjectBuilder()
                .add("near_hits", statistics.nearHits())
                .add("hits", statistics.hits())
                .add("misses", statistics.misses())
                .add("loads", statistics.loads())
                .add("load_failures", statistics.loadFailures())
                .add("stores", statistics.stores())
                .add("undecodable", statistics.undecodable())
                .add("outdated", statistics.outdated())
                .add("untrusted", statistics.untrusted())
                .add("failures", statistics.failures())
                .add("verified", statistics.verified())
                .add("lies", statistics.lies())
                .build();
    }
}
