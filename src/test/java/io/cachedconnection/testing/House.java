package io.cachedconnection.testing;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Prints the size of the library: files and lines of each package, the share of private methods, types whose simple name is
 * there twice, and the size of the jar if one is built. Run it with {@code java} on this file, at the root of the project.
 */
public final class House {

    private House() {}

    /** Counts the main sources beneath the current directory. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        Path sources = Path.of("src/main/java");
        List<Path> files;
        try (Stream<Path> all = Files.walk(sources)) {
            files = all.filter(file -> file.toString().endsWith(".java")).toList();
        }
        Map<String, long[]> packages = new TreeMap<>();
        Map<String, Integer> names = new TreeMap<>();
        long[] methods = new long[2]; // all, and the private ones
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
            for (CompilationUnitTree unit : task.parse()) {
                Path file = Path.of(unit.getSourceFile().toUri());
                long[] counts = packages.computeIfAbsent(String.valueOf(unit.getPackageName()), name -> new long[2]);
                counts[0]++;
                counts[1] += Files.readAllLines(file).size();
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitMethod(MethodTree method, Void nothing) {
                        methods[0]++;
                        methods[1] += method.getModifiers().getFlags().contains(Modifier.PRIVATE)
                                        && method.getReturnType() != null
                                ? 1
                                : 0;
                        return super.visitMethod(method, null);
                    }

                    @Override
                    public Void visitClass(ClassTree type, Void nothing) {
                        if (!type.getSimpleName().isEmpty()) {
                            names.merge(type.getSimpleName().toString(), 1, Integer::sum);
                        }
                        return super.visitClass(type, null);
                    }
                }.scan(unit, null);
            }
        }
        packages.forEach((name, counts) -> System.out.printf("%6d lines %4d files  %s%n", counts[1], counts[0], name));
        System.out.printf(
                "%6d lines %4d files  in all%n",
                packages.values().stream().mapToLong(counts -> counts[1]).sum(), files.size());
        System.out.printf(
                "%d of %d methods are private (%d %%)%n", methods[1], methods[0], 100 * methods[1] / methods[0]);
        System.out.println("Simple names that stand for several types: "
                + names.entrySet().stream()
                        .filter(name -> name.getValue() > 1)
                        .map(Map.Entry::getKey)
                        .toList());
        Path target = Path.of("target");
        try (Stream<Path> jars = Files.isDirectory(target) ? Files.list(target) : Stream.empty()) {
            for (Path jar : jars.filter(file -> file.toString().matches(".*cached-connection-[^-]*(-SNAPSHOT)?\\.jar"))
                    .toList()) {
                System.out.printf("%d kB  %s%n", Files.size(jar) / 1000, jar.getFileName());
            }
        }
    }
}
