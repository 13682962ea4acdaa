package io.cachedconnection.servertests.kinds;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The kinds over HTTP: their names, a line each; what a lookup gives; a write. */
@WebServlet("/kinds")
public class KindsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient Kinds kinds;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String kind = request.getParameter("kind");
        response.getWriter().print(kind == null ? String.join("\n", kinds.names()) : kinds.find(kind, id(request)));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        kinds.save(request.getParameter("kind"), id(request));
        response.getWriter().print("done");
    }

    private static int id(HttpServletRequest request) {
        return Integer.parseInt(request.getParameter("id"));
    }
}
