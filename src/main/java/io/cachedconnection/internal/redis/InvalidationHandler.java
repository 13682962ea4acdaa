package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.core.InvalidationListener;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.PushConsumer;
import redis.clients.jedis.PushConsumerContext;

/**
 * What a server tells of its changes, as it tells it. Anything else that it tells unasked is taken for a reply, and so ends
 * the connection, for no reply is like it.
 *
 * @param prefixes of the keys that it tells of
 * @param hearing who is told
 */
record InvalidationHandler(Set<String> prefixes, InvalidationListener hearing) implements PushConsumer {

    private static final byte[] INVALIDATE = "invalidate".getBytes(UTF_8);

    @Override
    public PushConsumerContext handle(PushConsumerContext push) {
        List<@Nullable Object> parts = push.getMessage().getContent();
        if (parts != null
                && parts.size() == 2
                && parts.get(0) instanceof byte[] kind
                && Arrays.equals(kind, INVALIDATE)) {
            told(parts.get(1));
            push.drop();
        } else {
            push.propagate();
        }
        return push;
    }

    /** No keys at all means any. */
    private void told(@Nullable Object keys) {
        if (keys == null) {
            hearing.allChanged();
        } else {
            ReplyParser.texts(keys).forEach(key -> hearing.changed(new String(key, UTF_8)));
        }
    }
}
