package io.cachedconnection.datasample;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Collectors;

/** The catalogue over HTTP. The answer to a question: names of providers, in their order, with blanks between them. */
@WebServlet("/catalogue")
public class CatalogueServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient Providers providers;

    @Inject
    private transient Catalogue catalogue;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String slug = request.getParameter("slug");
        response.getWriter().print(slug == null ? namesIn(request.getParameter("country")) : name(slug));
    }

    private String name(String slug) {
        return providers.find(slug).map(Provider::getName).orElse("nobody");
    }

    private String namesIn(String country) {
        return providers.in(country).stream().map(Provider::getName).collect(Collectors.joining(" "));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        change(request, request.getParameter("slug"), request.getParameter("name"));
        response.getWriter().print("done");
    }

    private void change(HttpServletRequest request, String slug, String name) {
        switch (request.getParameter("how")) {
            case "save" -> catalogue.save(slug, name, request.getParameter("country"));
            case "in-vain" -> saveInVain(slug, name, request.getParameter("country"));
            default -> catalogue.renameUnseen(slug, name);
        }
    }

    private void saveInVain(String slug, String name, String country) {
        try {
            catalogue.saveInVain(slug, name, country);
        } catch (IllegalStateException e) {
            log("as it is meant", e);
        }
    }
}
