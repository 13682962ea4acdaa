package io.cachedconnection.internal.method;

import io.cachedconnection.internal.message.MethodMessage;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates the records of programmatic lookups, like those of a method with the key as its only parameter. */
public final class ProgrammaticLookups {

    private ProgrammaticLookups() {}

    /**
     * Creates the record of a programmatic lookup.
     *
     * @param name its name in messages
     * @param cache the name of the cache
     * @param tags templates, in which the key is {@code {key}} or {@code {0}}
     * @throws IllegalArgumentException with all problems
     */
    public static CachedMethod of(String name, String cache, Type keyType, Type valueType, String... tags) {
        Problems problems = new Problems(name);
        ChoiceReading.CacheChoice choice = new ChoiceReading(problems).read(cache, "");
        KeyText key = key(keyType, problems);
        ReturnReading.ReturnedValue value = value(valueType, problems);
        List<PathReading.Root> roots = List.of(new PathReading.Root("key", keyType));
        Tags read = Tags.ofEntry(tags, problems, (tag, found) -> KeyReading.read(tag, roots, 1, found));
        if (choice == null || key == null || !problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems.messages()));
        }
        return new CachedMethod(name, "", choice, new Tags.KeyAndTags(key, read), value, false, false);
    }

    private static @Nullable KeyText key(Type type, Problems problems) {
        PartFormat format = new FormatReading(new Problems("")).of(type, "");
        if (format == null) {
            problems.add(MethodMessage.NO_TEXT_OF_KEY_TYPE, type.getTypeName());
            return null;
        }
        return new KeyText(
                List.of("", ""), List.of(new KeyText.KeyPart(new PathReading.Path(0, List.of(), type), format)));
    }

    private static ReturnReading.ReturnedValue value(Type type, Problems problems) {
        Problems found = new Problems("");
        ReturnReading.ReturnedValue value = new ReturnReading(found).read(type);
        if (!found.isEmpty() || value.isOptional()) {
            problems.add(MethodMessage.NO_VALUE_TYPE, type.getTypeName());
        }
        return value;
    }
}
