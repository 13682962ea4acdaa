package io.cachedconnection.sample;

import jakarta.enterprise.context.RequestScoped;

/** Where the answer to this request came from: the database if a repository method's body ran, else Redis. */
@RequestScoped
public class AnswerSource {

    private boolean database; // one request, one thread

    public void markDatabase() {
        database = true;
    }

    @Override
    public String toString() {
        return database ? "database" : "redis";
    }
}
