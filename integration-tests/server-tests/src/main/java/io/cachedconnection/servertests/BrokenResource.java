package io.cachedconnection.servertests;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A part of the application that fails in a way nobody expected. */
@Path("broken")
public class BrokenResource {

    static final String INSIDE = "the inside of the application";

    @GET
    public String fail() {
        throw new IllegalStateException(INSIDE);
    }
}
