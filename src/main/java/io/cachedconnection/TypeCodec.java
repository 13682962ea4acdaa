package io.cachedconnection;

/**
 * Writes and reads the values of one type in place of JSON. Make it a CDI bean: every cached method that returns {@code T} or
 * an {@code Optional} of it, and every {@link ConnectionCache} of {@code T}, then uses it. Write one for a type that JSON-B
 * cannot read back (hidden state, no properties) or that has a compact format of its own, such as Protocol Buffers.
 *
 * <p>{@code T} is the exact declared type, generics included: a codec of {@code Book} is not used for {@code List<Book>}, for a
 * subclass, or for a {@code Book} inside a record. The library takes {@code T} from the bean's types, so declare it in full,
 * without type variables and wildcards. Two beans for one type stop the deployment, unless one of them is an enabled
 * alternative. {@code ProviderConnection} and {@code ProviderCredentials} have a prescribed format and accept no codec.
 *
 * <p>The bytes are compressed, encrypted and labelled with {@link #version()} in Redis as JSON would be, and count for {@code
 * max-value-bytes}. A cache with {@code wire=JSON} stores them bare: they must then be one JSON value other than {@code null},
 * and the version is not stored.
 *
 * <p>A codec that throws does not fail the caller. If {@link #decode} throws, the entry is removed and counts as a miss
 * (CC-0401). If {@link #encode} throws, or its bytes cannot be decoded, the value is not stored, and the log says so once a
 * minute (CC-0444). Messages contain the class of the exception, never its text.
 *
 * <p>Many threads call the methods at the same time, also threads without a request or a transaction. Make the bean
 * application-scoped, a singleton or dependent. It is created when the application starts.
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
     * Names the format of the bytes and its version. Change the text whenever new code writes bytes that old code would
     * misread, or the reverse: entries with another text are misses (CC-0404) and are never decoded. The library calls this
     * method once, at the start.
     *
     * @return a text that is not blank, such as {@code book/1}; not null
     */
    String version();

    /**
     * Writes a value. Write all of its state: the library cannot compare the decoded value with the original, so state that you
     * omit is lost for the readers of the entry.
     *
     * @param value the value; never null, because the library stores null without the codec
     * @return its bytes, which are copied; not null, but possibly empty
     * @throws Exception if the value cannot be written; it is then not cached
     */
    byte[] encode(T value) throws Exception;

    /**
     * Reads a value back.
     *
     * @param bytes the result of {@link #encode}, copied for this call
     * @return a value that shares no state with the values of other calls, unless it {@linkplain #isImmutable() never changes};
     *     not null
     * @throws Exception if the bytes cannot be read; the entry is then a miss
     */
    T decode(byte[] bytes) throws Exception;

    /**
     * Whether values are deeply immutable. The near cache then hands the same instance to all callers; otherwise it decodes one
     * for each. As with {@link SharedValue}, you vouch for it and the library does not check it. The library calls this method
     * once, at the start.
     *
     * @return true if values never change; false by default
     */
    default boolean isImmutable() {
        return false;
    }
}
