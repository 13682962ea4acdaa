package io.cachedconnection.servertests.kinds;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;

/** A resource without a scope. */
@Path("bare-resource")
public class BareResource {

    @GET
    @CachedConnection(cache = "bare-resource")
    public String find(@QueryParam("id") int id) {
        return UUID.randomUUID().toString();
    }

    @POST
    @EvictConnection(cache = "bare-resource")
    public String save(@QueryParam("id") int id) {
        return "done";
    }
}
