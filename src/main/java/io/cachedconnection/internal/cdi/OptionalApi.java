package io.cachedconnection.internal.cdi;

/** The APIs that not every server has. */
final class OptionalApi {

    private OptionalApi() {}

    /** Whether this type of such an API is there for this library. */
    static boolean has(String type) {
        try {
            Class.forName(type, false, OptionalApi.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false; // it is optional
        }
    }
}
