package io.cachedconnection.internal.cdi;

/** Detects APIs that not every server has. */
final class OptionalApi {

    private OptionalApi() {}

    /** Whether this library can load {@code type} of an optional API. */
    static boolean has(String type) {
        return has(type, OptionalApi.class.getClassLoader());
    }

    /** Whether a transaction registry is possible. */
    static boolean hasTransactions() {
        return has("jakarta.transaction.TransactionSynchronizationRegistry");
    }

    /** Whether a console is possible. */
    static boolean hasConsole() {
        return has("jakarta.servlet.http.HttpServlet") && has("jakarta.json.Json");
    }

    /** Whether the application that is being deployed or started can load {@code type}. */
    static boolean hasApplication(String type) {
        return has(type, Thread.currentThread().getContextClassLoader());
    }

    private static boolean has(String type, ClassLoader loader) {
        try {
            Class.forName(type, false, loader);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false; // the API is optional
        }
    }
}
