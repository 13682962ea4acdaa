package io.cachedconnection.servertests;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The server's JVM, seen from an application of its own that does not have the library: its threads, the library's MBeans,
 * and what {@code jcmd} tells of its heap.
 */
@WebServlet("/jvm")
public class WatchServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.getWriter().print(told(request.getParameter("of"), request.getParameter("argument")));
    }

    private static String told(String command, String argument) throws ServletException {
        if (command.equals("threads")) {
            return threads();
        }
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            if (command.equals("beans")) {
                return server.queryNames(new ObjectName("io.cachedconnection:*"), null).stream()
                        .map(name -> name + "\n")
                        .collect(Collectors.joining());
            }
            return (String) server.invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    command,
                    new Object[] {argument == null ? new String[0] : new String[] {argument}},
                    new String[] {String[].class.getName()});
        } catch (JMException e) {
            throw new ServletException(e);
        }
    }

    private static String threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(thread -> thread.getName() + "\n")
                .collect(Collectors.joining());
    }
}
