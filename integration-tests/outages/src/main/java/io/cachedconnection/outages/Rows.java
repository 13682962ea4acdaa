package io.cachedconnection.outages;

/** The rows of the repository: those that are only read, and those that are written, too. */
final class Rows {

    static final int READ = 48;
    static final int WRITTEN = 16;
    static final int ALL = READ + WRITTEN;

    private Rows() {}
}
