package io.cachedconnection.internal.json;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The wrappers of {@code java.util.Collections}. They show what is in them, but not whether a comparator or identity decides
 * what {@code contains} and {@code get} find, and no reflection gets at what they wrap. Serialization does: it names the class of
 * what is wrapped before it writes anything of it.
 */
final class JdkWrapper {

    private static final Pattern NAMES = Pattern.compile(
            "java\\.util\\.Collections\\$((Unmodifiable|Synchronized|Checked).*|(Sequenced)?SetFromMap|AsLIFOQueue)");

    private JdkWrapper() {}

    static boolean isWrapper(Class<?> type) {
        return NAMES.matcher(type.getName()).matches();
    }

    /** The class of what {@code wrapper} wraps, through wrappers in wrappers; null if that cannot be told. */
    static @Nullable Class<?> wrappedClass(Object wrapper) {
        Names names = null;
        try {
            names = new Names();
            names.writeObject(wrapper);
            return null;
        } catch (
                NotSerializableException
                        e) { // of the JDK's views of maps, for example; the message is the name of the class
            try {
                return Class.forName(e.getMessage(), false, wrapper.getClass().getClassLoader());
            } catch (ClassNotFoundException notOfTheJdk) {
                return null;
            }
        } catch (IOException | RuntimeException e) {
            return names == null ? null : names.found;
        }
    }

    /** Writes nowhere, and no further than the first class of a collection or map that is no wrapper. */
    private static final class Names extends ObjectOutputStream {

        private @Nullable Class<?> found;
        private boolean isOver; // the stream ends with the exception, whose class comes first

        Names() throws IOException {
            super(OutputStream.nullOutputStream());
        }

        @Override
        protected void annotateClass(Class<?> type) throws IOException {
            boolean isContainer = Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
            isOver |= Throwable.class.isAssignableFrom(type);
            if (!isOver && isContainer && !isWrapper(type)) {
                found = type;
                throw new IOException("That is enough.");
            }
        }
    }
}
