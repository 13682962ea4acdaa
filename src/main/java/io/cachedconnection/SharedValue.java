package io.cachedconnection;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A type whose instances never change, nor anything that can be reached from them. The near cache hands one instance to
 * all callers, where it would otherwise make one for each.
 *
 * <p>This is your word, and nobody checks it. If anybody changes such an instance, all other callers on this node see the
 * change, at the same time and without any synchronization, until the entry is gone; that is how one user's data gets
 * into the answer for another. So annotate only what copies mutable things on their way in and out:
 *
 * <pre>{@code
 * @SharedValue
 * public record Tags(List<String> names) {
 *     public Tags {
 *         names = List.copyOf(names); // JSON-B brings a list that could be changed
 *     }
 * }
 * }</pre>
 *
 * <p>Records of such values as strings, numbers, enums, times, {@code UUID}s, and records of these, need no annotation:
 * see {@code docs/near-cache.md}. Whether a value is shared is decided from the type that a method declares, so the
 * annotation is not inherited, and on an interface or an open class it is your word for all that JSON-B may make for it.
 * Type arguments count as well: a {@code Page<T>} that is so annotated is shared as a {@code Page<String>}, not as a
 * {@code Page<List<String>>}. Without a near cache the annotation means nothing.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SharedValue {}
