package io.cachedconnection.internal.core;

import java.lang.reflect.Type;

/** Where codecs come from: one for each type, made once. Thread-safe. */
public interface ValueCodecs {

    /** The codec for values of {@code type}, generics included; the caller vouches that {@code V} is that type. */
    <V> ValueCodec<V> of(Type type);
}
