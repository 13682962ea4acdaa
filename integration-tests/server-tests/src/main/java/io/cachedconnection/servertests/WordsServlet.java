package io.cachedconnection.servertests;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Words over HTTP. The answer: how often a word was really looked up so far, a blank, the word. */
@WebServlet("/words")
public class WordsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient Words words;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String word = words.find(id(request));
        response.getWriter().print(words.loads() + " " + word);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(request.getParameter("how"), id(request), request.getParameter("word"));
        response.getWriter().print("done");
    }

    private void write(String how, int id, String word) {
        switch (how) {
            case "save" -> words.save(id, word);
            case "replace" -> words.replace(id, word);
            default -> words.saveInVain(id);
        }
    }

    private static int id(HttpServletRequest request) {
        return Integer.parseInt(request.getParameter("id"));
    }
}
