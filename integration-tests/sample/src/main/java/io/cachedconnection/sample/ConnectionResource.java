package io.cachedconnection.sample;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;

/** The connections over HTTP: look up, list a user's, add, change, remove. */
@Path("")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ConnectionResource {

    @Inject
    private Connections connections;

    @Context
    private UriInfo uri;

    @GET
    @TellsSource
    @Path("connections/{id}")
    public JsonObject find(@PathParam("id") String id) {
        return ConnectionJson.of(connections.find(UuidText.read("The id in the path", id)));
    }

    @GET
    @TellsSource
    @Path("users/{userId}/connections")
    public JsonArray ofUser(@PathParam("userId") String userId) {
        return ConnectionJson.of(connections.ofUser(UuidText.read("The user id in the path", userId)));
    }

    @POST
    @Path("connections")
    public Response add(InputStream body) {
        var added = connections.add(ConnectionBody.read(body));
        var location = uri.getAbsolutePathBuilder().path(added.id().toString()).build();
        return Response.created(location).entity(ConnectionJson.of(added)).build();
    }

    @PUT
    @Path("connections/{id}")
    public JsonObject change(@PathParam("id") String id, InputStream body) {
        var connectionId = UuidText.read("The id in the path", id);
        return ConnectionJson.of(connections.change(connectionId, ConnectionBody.read(body)));
    }

    @DELETE
    @Path("connections/{id}")
    public void remove(@PathParam("id") String id) {
        connections.remove(UuidText.read("The id in the path", id));
    }
}
