package io.cachedconnection.internal.core;

/**
 * What was so before a read was sent. What comes of the read may be kept near, and is worth something as long as all of it is
 * still so: whatever changed after the ticket was taken, on its way or long past, shows.
 *
 * @param stripe the counter of its key
 * @param stamp what that counter said
 * @param era what the count of gaps said
 * @param takenAt when, in nanoseconds of the engine's clock
 */
record ReadVersion(int stripe, long stamp, long era, long takenAt) {}
