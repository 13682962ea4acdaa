package io.cachedconnection.internal.method;

import io.cachedconnection.EvictConnection;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.KeySpace.KeyNames;
import io.cachedconnection.internal.engine.store.Stamps;
import io.cachedconnection.internal.message.MethodMessage;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tags of the entries of a lookup or put. Thread-safe.
 *
 * @param space the key space of the application's tags; until {@link #bound}, the one of an application without settings
 * @param texts the templates of the tags
 */
record Tags(KeySpace space, List<KeyText> texts) {

    static final KeySpace UNBOUND = KeySpace.ofTags("", KeyNames.clear());
    static final Tags NONE = new Tags(UNBOUND, List.of());

    private static final Object DEFAULT_CACHE = Stream.of(EvictConnection.class.getDeclaredMethods())
            .filter(member -> member.getName().equals("cache"))
            .findFirst()
            .map(Method::getDefaultValue)
            .orElseThrow();

    private static final int MOST = Stamps.MOST - 1; // the first stamp of an entry is the one of its cache

    /** Reads a template. */
    @FunctionalInterface
    interface TemplateReader {

        /** Returns the text; null if it has problems, which it reports to {@code problems}. */
        @Nullable KeyText read(String template, Problems problems);
    }

    /** Reads the tags of one lookup or put, as far as possible. */
    static Tags ofEntry(String[] templates, Problems problems, TemplateReader reader) {
        if (templates.length > MOST) {
            problems.add(MethodMessage.TOO_MANY_TAGS, templates.length, MOST);
        }
        return templates.length == 0 ? NONE : new Tags(UNBOUND, read(templates, problems, reader));
    }

    /** Reads the tags of one annotation, as far as possible. */
    static List<KeyText> read(String[] templates, Problems problems, TemplateReader reader) {
        List<KeyText> texts = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (String template : templates) {
            if (template.isBlank()) {
                problems.add(MethodMessage.BLANK_TAG);
                continue;
            }
            Problems own = problems.at("tag \"" + template + "\"");
            KeyText text = reader.read(template, own);
            problems.addAll(own);
            if (seen.contains(template) || (text != null && texts.stream().anyMatch(text::isOfSameParts))) {
                problems.add(MethodMessage.TAG_TWICE, template);
            } else if (text != null) {
                texts.add(text);
            }
            seen.add(template);
        }
        return texts;
    }

    /** Whether {@code annotation} evicts tags only. An explicit default cache cannot be distinguished from none. */
    static boolean areAllOf(EvictConnection annotation) {
        return annotation.tags().length > 0
                && !annotation.all()
                && annotation.key().isEmpty()
                && annotation.cache().equals(DEFAULT_CACHE);
    }

    Tags bound(Function<String, KeySpace> keySpaces) {
        return texts.isEmpty() ? this : new Tags(keySpaces.apply(space.cache()), texts);
    }

    boolean isEmpty() {
        return texts.isEmpty();
    }

    /** Returns the tags of a call; null if a value on the way to one is null. */
    @Nullable List<EntryKey> of(@Nullable Object[] arguments) {
        List<String> found = new ArrayList<>();
        for (KeyText text : texts) {
            String tag = text.of(arguments);
            if (tag == null) {
                return null;
            }
            found.add(tag);
        }
        return keys(found.stream());
    }

    /**
     * Returns the keys of tags in a canonical order, because an entry is identified by its ordered tags, and annotations may
     * use another order.
     */
    List<EntryKey> keys(Stream<String> tags) {
        return tags.distinct()
                .map(space::key)
                .sorted(Comparator.comparing(EntryKey::text))
                .toList();
    }

    /** Makes the key of an entry and its tags from the arguments of a call. Thread-safe. */
    static final class KeyAndTags {

        private final KeyText key;
        private final Tags tags;
        private final List<KeyText.KeyPart> parts; // the parts of the key come first
        private final List<int[]> places; // for each tag, the positions of its parts

        KeyAndTags(KeyText key, Tags tags) {
            this.key = key;
            this.tags = tags;
            List<KeyText.KeyPart> all = new ArrayList<>(key.parts());
            tags.texts.stream()
                    .flatMap(text -> text.parts().stream())
                    .filter(part -> !all.contains(part))
                    .forEach(all::add);
            this.parts = List.copyOf(all);
            this.places = tags.texts.stream()
                    .map(text -> text.parts().stream().mapToInt(parts::indexOf).toArray())
                    .toList();
        }

        KeyAndTags bound(Function<String, KeySpace> keySpaces) {
            return tags.isEmpty() ? this : new KeyAndTags(key, tags.bound(keySpaces));
        }

        KeyText key() {
            return key;
        }

        Tags tags() {
            return tags;
        }

        /** Returns the values from which key and tags can be made later; null if there is a null on the way. */
        @Nullable Object kept(@Nullable Object[] arguments) {
            return KeyText.kept(parts, arguments);
        }

        /** Returns the key in {@code space}, with its tags, of kept values. */
        EntryKey of(Object kept, KeySpace space) {
            EntryKey entry = space.key(key.ofKept(kept));
            if (tags.isEmpty()) {
                return entry;
            }
            List<String> texts = new ArrayList<>(places.size());
            for (int i = 0; i < places.size(); i++) {
                int[] at = places.get(i);
                Object[] own = new Object[at.length];
                for (int j = 0; j < own.length; j++) {
                    own[j] = kept instanceof Object[] all ? all[at[j]] : kept;
                }
                texts.add(tags.texts.get(i).ofKept(own));
            }
            return entry.with(tags.keys(texts.stream()));
        }
    }
}
