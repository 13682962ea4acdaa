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
 * The tags of what a lookup or a put stores. Thread-safe.
 *
 * @param space the keys of all tags of the application; until they are {@link #bound}, those of one without settings
 * @param texts how each tag is made of the arguments
 */
record Tags(KeySpace space, List<KeyText> texts) {

    static final KeySpace UNBOUND = KeySpace.ofTags("", KeyNames.clear());
    static final Tags NONE = new Tags(UNBOUND, List.of());

    private static final Object DEFAULT_CACHE = Stream.of(EvictConnection.class.getDeclaredMethods())
            .filter(member -> member.getName().equals("cache"))
            .findFirst()
            .map(Method::getDefaultValue)
            .orElseThrow();

    private static final int MOST = Stamps.MOST - 1; // the first stamp of an entry is that of its cache

    /** Makes a text of a template. */
    @FunctionalInterface
    interface TemplateReader {

        /** The text; null if {@code problems} tells why there is none. */
        @Nullable KeyText read(String template, Problems problems);
    }

    /** Those of one lookup or put, as far as they can be read. */
    static Tags ofEntry(String[] templates, Problems problems, TemplateReader reader) {
        if (templates.length > MOST) {
            problems.add(MethodMessage.TOO_MANY_TAGS, templates.length, MOST);
        }
        return templates.length == 0 ? NONE : new Tags(UNBOUND, read(templates, problems, reader));
    }

    /** The texts of the tags of one annotation, as far as they can be read. */
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

    /** Whether {@code annotation} evicts tags only. That it says the default cache cannot be told from that it says none. */
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

    /** The tags that a call gives; null if one has a null on the way. */
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

    /** In an order of their own, for an entry is known by its tags in their order, and annotations may name them in another. */
    List<EntryKey> keys(Stream<String> tags) {
        return tags.distinct()
                .map(space::key)
                .sorted(Comparator.comparing(EntryKey::text))
                .toList();
    }

    /** How the key of an entry and its tags are made of the arguments of a call. Thread-safe. */
    static final class KeyAndTags {

        private final KeyText key;
        private final Tags tags;
        private final List<KeyText.KeyPart> parts; // those of the key come first
        private final List<int[]> places; // of each tag, where its parts are among all

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

        /** What is kept of the arguments until key and tags are needed; null if there is a null on the way to either. */
        @Nullable Object kept(@Nullable Object[] arguments) {
            return KeyText.kept(parts, arguments);
        }

        /** The key in {@code space}, with its tags, of what was kept. */
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
