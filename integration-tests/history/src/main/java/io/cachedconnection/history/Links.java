package io.cachedconnection.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The ways of nodes to Redis that can be cut.
 *
 * @param all those of the last nodes
 */
record Links(List<Link> all) implements AutoCloseable {

    /** So many to the port {@code target}. */
    static Links to(int target, int number) throws IOException {
        List<Link> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            all.add(new Link(target));
        }
        return new Links(all);
    }

    /** The port that each of {@code nodes} nodes knows Redis by; the first ones get there without a link, if there are too few. */
    List<Integer> ways(int target, int nodes) {
        List<Integer> ways = new ArrayList<>(Collections.nCopies(nodes - all.size(), target));
        all.forEach(link -> ways.add(link.port()));
        return ways;
    }

    @Override
    public void close() throws IOException {
        for (Link link : all) {
            link.close();
        }
    }
}
