package io.cachedconnection.sample;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** How often lookups have really asked the database, by cache: the proof that a hit does not. */
@ApplicationScoped
public class DatabaseLoads {

    private final Map<String, Long> counts = new ConcurrentHashMap<>();

    @Inject
    private AnswerSource source;

    /** Notes that a lookup of {@code cache} has come through to the database. */
    public void count(String cache) {
        counts.merge(cache, 1L, Long::sum);
        source.markDatabase();
    }

    /** The loads so far by cache, in alphabetical order. */
    public Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }
}
