package io.cachedconnection.model;

/**
 * A step of somebody.
 *
 * @param party who takes it
 * @param name which one
 */
record Step(String party, String name) {

    @Override
    public String toString() {
        return party + " " + name;
    }
}
