package io.cachedconnection.history;

/** One thread of a node: does one thing after another until it is told to stop. */
interface Worker {

    /** Does the next thing. */
    void step() throws Exception;
}
