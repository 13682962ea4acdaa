package io.cachedconnection;

/**
 * Tells how the values of a cache are written and read. The direct codec and JSON-B write the same JSON, so nodes may use
 * different ones. The direct codec takes a fraction of the time. Take it from {@link ConnectionCaches#codecs()}.
 *
 * <pre>{@code
 * CacheCodec codec = caches.codecs().get("books");
 * assertTrue(codec.direct(), codec.reason());
 * }</pre>
 *
 * @param type the type of the values, in Java syntax; not null
 * @param direct true if the library generated a direct codec for the type; false if values go through the server's JSON-B
 *     provider or through a {@link TypeCodec}
 * @param reason why values go through JSON-B, or the bean that is their {@link TypeCodec}; empty if a direct codec writes them;
 *     not null
 */
public record CacheCodec(String type, boolean direct, String reason) {}
