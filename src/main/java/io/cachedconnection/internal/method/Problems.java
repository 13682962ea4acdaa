package io.cachedconnection.internal.method;

import io.cachedconnection.internal.message.MethodMessage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Collects the problems of one method or class, as complete messages without duplicates. */
final class Problems {

    private final String subject;
    private final Set<String> messages = new LinkedHashSet<>();

    Problems(String subject) {
        this.subject = subject;
    }

    /** Adds a message; its first argument is the method or class. */
    void add(MethodMessage message, Object... more) {
        messages.add(
                message.with(Stream.concat(Stream.of(subject), Stream.of(more)).toArray()));
    }

    void addAll(Problems others) {
        messages.addAll(others.messages);
    }

    /** Returns an empty collection for {@code detail} of the same method or class. */
    Problems at(String detail) {
        return new Problems(subject + ", " + detail);
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    List<String> messages() {
        return List.copyOf(messages);
    }
}
