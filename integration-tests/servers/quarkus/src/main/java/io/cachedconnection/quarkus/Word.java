package io.cachedconnection.quarkus;

/** A word as callers see it, and as the cache keeps it. */
public record Word(long id, String text, long version) {}
