package io.cachedconnection.model;

import java.util.List;

/** Somebody who takes steps, one at a time. A copy of it goes on from where the original is. */
interface Party {

    String name();

    /** The steps that it may take next; none if it has come to its end. */
    List<String> next(World world);

    /** Takes one of them; the text is what came of it. */
    String take(String step, World world);

    /** Where it is, with all times as seen from now: with equal texts it does the same from now on. */
    String state(World world);

    Party copy();
}
