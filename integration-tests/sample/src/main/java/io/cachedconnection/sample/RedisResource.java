package io.cachedconnection.sample;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The sample's Redis over HTTP: whether it runs, and to stop and start it, if it is the sample's own. */
@Path("redis")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RedisResource {

    @Inject
    @ConfigProperty(name = "cached-connection.redis.uri")
    private String uri;

    /** {@code running} is null for a Redis that is not the sample's own. */
    @GET
    public JsonObject state() {
        var state = Json.createObjectBuilder().add("own", OwnRedis.isAt(uri));
        if (OwnRedis.isAt(uri)) {
            state.add("running", OwnRedis.isRunning());
        } else {
            state.addNull("running");
        }
        return state.add("address", RedisAddress.shown(uri)).build();
    }

    /** Stops it with all that it holds. One that is stopped already stays so. */
    @POST
    @Path("stop")
    public JsonObject stop() {
        refuseUnlessOwn();
        if (!OwnRedis.stop()) {
            throw Refusal.conflict("The sample's own Redis does not stop. The log says why.");
        }
        return state();
    }

    /** Starts it at its old address, empty. One that runs already goes on. */
    @POST
    @Path("start")
    public JsonObject start() {
        refuseUnlessOwn();
        if (!OwnRedis.start()) {
            throw Refusal.conflict("The sample's own Redis does not start. The log says why.");
        }
        return state();
    }

    private void refuseUnlessOwn() {
        if (!OwnRedis.isAt(uri)) {
            throw Refusal.conflict("This Redis is not the sample's own: REDIS_URL or a setting names it.");
        }
    }
}
