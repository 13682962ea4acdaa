package io.cachedconnection.internal.cdi;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Has all classes but those of some packages; those of this library it defines itself, so that they miss them. */
final class ClassesWithout extends ClassLoader {

    private final List<String> missing;

    ClassesWithout(String... missing) {
        super(ClassesWithout.class.getClassLoader());
        this.missing = List.of(missing);
    }

    /** This class, as it is where the others are missing. */
    Class<?> loaded(Class<?> type) throws ClassNotFoundException {
        return Class.forName(type.getName(), true, this);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (missing.stream().anyMatch(name::startsWith)) {
            throw new ClassNotFoundException(name);
        }
        boolean own = name.startsWith("io.cachedconnection.");
        synchronized (getClassLoadingLock(name)) { // the library has threads of its own
            return own && findLoadedClass(name) == null ? defined(name) : super.loadClass(name, resolve);
        }
    }

    private Class<?> defined(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) { // a container asks whether there is a proxy
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
