package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Classes compiled from text, each set into a folder and a class loader of its own, so that one can be there in variants. */
public final class CompiledSources {

    private static final String HEAD =
            "package made; import jakarta.json.bind.annotation.*; import java.util.*; import java.time.*; ";

    // Kept open: what it knows of the jars is what makes a compiler slow. It does not close with a run.
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, null, UTF_8);

    private final Path folder;

    public CompiledSources(Path folder) {
        this.folder = folder;
    }

    /** The class {@code made.Made} of this source, which may have further classes after it. */
    public Class<?> made(String source) {
        return loaded(compiled(source), "made.Made");
    }

    /** The folder with the classes of this source. */
    public Path compiled(String source, String... options) {
        try {
            Path target = Files.createTempDirectory(folder, "made");
            Path file = Files.writeString(target.resolve("Made.java"), HEAD + source);
            compile(file, target, options);
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles one file to that folder. */
    static void compile(Path file, Path target, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("-proc:none", "-nowarn", "-classpath", System.getProperty("java.class.path")));
        arguments.addAll(List.of("-d", target.toString()));
        arguments.addAll(Arrays.asList(options));
        if (!COMPILER.getTask(null, FILES, null, arguments, null, FILES.getJavaFileObjects(file))
                .call()) {
            throw new IllegalArgumentException("does not compile");
        }
    }

    /** The class of this name from that folder, in a class loader of its own. */
    public Class<?> loaded(Path target, String name) {
        try {
            // Not closed: classes are loaded as they are needed.
            ClassLoader loader = new URLClassLoader(
                    new URL[] {target.toUri().toURL()}, getClass().getClassLoader());
            return Class.forName(name, true, loader);
        } catch (MalformedURLException | ClassNotFoundException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
