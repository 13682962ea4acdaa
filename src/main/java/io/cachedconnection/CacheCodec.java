package io.cachedconnection;

/**
 * What writes and reads the values of a cache. The direct codec and JSON-B write the same JSON, so nodes may differ; the direct
 * one takes a fraction of the time.
 *
 * @param type the type of the values, as Java writes it
 * @param direct whether a direct codec was made of the type; if not, values go through the server's provider of JSON-B, or
 *     through a {@link TypeCodec}
 * @param reason why they go through JSON-B, or the bean that is their {@link TypeCodec}; empty if they are written directly
 */
public record CacheCodec(String type, boolean direct, String reason) {}
