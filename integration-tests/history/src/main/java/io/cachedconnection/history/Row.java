package io.cachedconnection.history;

/**
 * One row as a lookup sees it.
 *
 * @param version how many writes have been committed to it
 * @param write the write that made it so; no other has this number, whether it was committed or not
 */
record Row(long version, long write) {}
