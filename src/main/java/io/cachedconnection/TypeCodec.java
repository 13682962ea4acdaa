package io.cachedconnection;

/**
 * Writes and reads the values of one type in place of JSON. Make it a CDI bean: every cached method that returns {@code T},
 * or an {@code Optional} of it, and every {@link ConnectionCache} of {@code T} then uses it. Use it for types that JSON-B
 * cannot read back (hidden state, no properties), or that have a compact format of their own, such as Protocol Buffers.
 *
 * <p>{@code T} is the type exactly as the method declares it, generics included: a codec of {@code Book} is not asked for a
 * {@code List<Book>}, a subclass, or a {@code Book} inside a record. It is taken from the bean's types, so the bean declares
 * it in full, without type variables and wildcards. Two beans for one type stop the deployment, unless one of them is an
 * enabled alternative. {@code ProviderConnection} and {@code ProviderCredentials} have a prescribed format and no codec.
 *
 * <p>The bytes are compressed, encrypted and named by {@link #version()} in Redis as JSON would be, and count for
 * {@code max-value-bytes}. A cache with {@code wire=JSON} holds them bare: there they must be one JSON value other than
 * {@code null}, and the version is not stored.
 *
 * <p>A codec that throws fails no caller. If {@link #decode} does, the entry is a miss and is removed
 * (CC-0401). If {@link #encode} does, or its bytes cannot be decoded, the value is not stored, and the log says so once a
 * minute (CC-0444). Messages name the exception's class and never its text.
 *
 * <p>The methods are called by any number of threads at once, also by threads without a request or a transaction: so the
 * bean is application-scoped, a singleton or dependent, and is made when the application starts.
 *
 * <pre>{@code
 * @ApplicationScoped
 * public class RouteCodec implements TypeCodec<Route> {
 *     public String version() {
 *         return "route/1";
 *     }
 *
 *     public byte[] encode(Route route) {
 *         return route.toProto().toByteArray();
 *     }
 *
 *     public Route decode(byte[] bytes) throws IOException {
 *         return Route.of(RouteProto.parseFrom(bytes));
 *     }
 * }
 * }</pre>
 *
 * @param <T> the type of the values
 */
public interface TypeCodec<T> {

    /**
     * Names the format of the bytes and its version. Give it another text whenever new code writes bytes that old code would
     * misread, or the other way round: entries of another version are misses (CC-0404) and are never decoded. All nodes with
     * the same text understand each other. It is asked once, at the start.
     *
     * @return a text that is not empty, such as {@code book/1}
     */
    String version();

    /**
     * Writes a value. Whoever reads it gets all that this call does not write as {@link #decode} leaves it: the library
     * cannot compare what it knows nothing of.
     *
     * @param value the value; never null, which is stored without asking the codec
     * @return its bytes; not null, but they may be none. They are copied
     * @throws Exception if it cannot be written; it is not cached then
     */
    byte[] encode(T value) throws Exception;

    /**
     * Reads a value back.
     *
     * @param bytes what {@link #encode} has written; a copy for this call
     * @return a value that shares nothing with those of other calls, unless it {@linkplain #isImmutable() never changes}; not
     *     null
     * @throws Exception if the bytes cannot be read; the entry is a miss then
     */
    T decode(byte[] bytes) throws Exception;

    /**
     * Whether neither a value nor anything that can be reached from it ever changes. The near cache then hands one instance to
     * all callers; otherwise it decodes for each. As with {@link SharedValue} this is your word, and nothing checks it. It is
     * asked once, at the start.
     *
     * @return true if so; false, the default, if values may change
     */
    default boolean isImmutable() {
        return false;
    }
}
