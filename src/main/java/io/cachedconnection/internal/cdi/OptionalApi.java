package io.cachedconnection.internal.cdi;

/** The APIs that not every server has. */
final class OptionalApi {

    private OptionalApi() {}

    /** Whether this type of such an API is there for this library. */
    static boolean has(String type) {
        return has(type, OptionalApi.class.getClassLoader());
    }

    /** Whether there can be a registry of transactions. */
    static boolean hasTransactions() {
        return has("jakarta.transaction.TransactionSynchronizationRegistry");
    }

    /** Whether it is there for the application that is being deployed or started. */
    static boolean hasApplication(String type) {
        return has(type, Thread.currentThread().getContextClassLoader());
    }

    private static boolean has(String type, ClassLoader loader) {
        try {
            Class.forName(type, false, loader);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false; // it is optional
        }
    }
}
