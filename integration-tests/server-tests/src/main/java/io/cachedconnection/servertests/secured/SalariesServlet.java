package io.cachedconnection.servertests.secured;

import io.cachedconnection.ConnectionCaches;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The lookups over HTTP. A POST puts an answer into a cache, as a lookup of somebody else would. */
@WebServlet("/salaries")
public class SalariesServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient User user;

    @Inject
    private transient ConnectionCaches caches;

    @Inject
    private transient Instance<InterceptedSalaries> intercepted;

    @Inject
    private transient Instance<RoleSalaries> byRole;

    @Inject
    private transient Instance<SessionSalaries> ofSessionBean;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        user.name(request.getParameter("user"));
        Salaries salaries = switch (request.getParameter("cache")) {
            case "intercepted" -> intercepted.get();
            case "by-role" -> byRole.get();
            default -> ofSessionBean.get();
        };
        response.getWriter().print(answer(salaries, request.getParameter("name")));
    }

    private static String answer(Salaries salaries, String name) {
        try {
            return salaries.salary(name);
        } catch (RuntimeException e) { // each server has one of its own
            return "refused";
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        caches.cache(request.getParameter("cache"), String.class, String.class)
                .put(request.getParameter("name"), "from the cache");
        response.getWriter().print("done");
    }
}
