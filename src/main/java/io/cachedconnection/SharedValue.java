package io.cachedconnection;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a type deeply immutable: neither an instance nor anything reachable from it ever changes. The near cache then hands
 * the same instance to all callers instead of decoding one for each.
 *
 * <p>You vouch for that; the library does not check it. If a caller changes such an instance, all other callers on this node
 * see the change, without any synchronization, until the entry is gone. In this way one user's data may get into the response
 * for another.
 * Annotate only types that copy mutable values on their way in and out:
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
 * <p>Records of strings, numbers, enums, times, {@code UUID}s and of such records need no annotation: see {@code
 * docs/how-to/near-cache.md}. The declared type of the method decides. The annotation is therefore not inherited; on an
 * interface or an open class you vouch for every class that JSON-B may create for it. Type arguments count as well: an
 * annotated {@code Page<T>} is shared as {@code Page<String>}, but not as {@code Page<List<String>>}. Without a near cache the
 * annotation has no effect.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SharedValue {}
