package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * Fingerprints of types: equal for types whose JSON is alike, on every JVM, as far as their declarations tell. How they
 * are made is a part of the wire format: see {@code docs/wire-format.md}. One instance is for one type.
 */
public final class Fingerprints {

    private static final int MAX_BLOCKS_OF_CLASS = 16;

    private final StringBuilder text = new StringBuilder();
    private final Queue<ResolvedType> pending = new ArrayDeque<>();
    private final Set<ResolvedType> met = new HashSet<>();
    private final Map<Class<?>, Integer> blocks = new HashMap<>();

    private Fingerprints() {}

    /** The fingerprint of {@code type}. */
    public static long of(Type type) {
        return ByteBuffer.wrap(sha256(text(type).getBytes(UTF_8))).getLong();
    }

    /** The text of which it is made. */
    static String text(Type type) {
        return new Fingerprints().written(type);
    }

    private String written(Type type) {
        write(Line.of("type", ResolvedType.of(type, Map.of())));
        for (ResolvedType next = pending.poll(); next != null; next = pending.poll()) {
            text.append(ClassLines.kind(next.type())).append(' ').append(next).append('\n');
            for (Line line : ClassLines.of(next)) {
                text.append(' ');
                write(line);
            }
        }
        return text.toString();
    }

    private void write(Line line) {
        text.append(line.text()).append('\n');
        line.types().forEach(this::meet);
    }

    private void meet(ResolvedType type) {
        ResolvedType element = type.element();
        if (element.isOfApplication() && met.add(element) && hasRoom(element.type())) {
            pending.add(element);
        }
        element.arguments().forEach(this::meet);
    }

    /** There is no end to the arguments that a class may have in its own fields. */
    private boolean hasRoom(Class<?> type) {
        return blocks.merge(type, 1, Integer::sum) <= MAX_BLOCKS_OF_CLASS;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256.", e);
        }
    }
}
