package io.cachedconnection.model;

/** A party that writes. */
interface Writing extends Party {

    /** The version that every lookup must see now because of it. */
    int promises(World world);

    /** Whether its announcement has run out. */
    boolean isOverdue(World world);
}
