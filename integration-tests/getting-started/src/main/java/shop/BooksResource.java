package shop;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.MediaType;

@Path("books/{id}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class BooksResource {

    @ApplicationPath("api")
    public static class Api extends Application {}

    @Inject
    Books books;

    @GET
    public Books.Book find(@PathParam("id") long id) {
        return books.find(id).orElseThrow(NotFoundException::new);
    }

    @PUT
    public void rename(@PathParam("id") long id, String title) {
        books.rename(id, title);
    }
}
