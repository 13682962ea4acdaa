package io.cachedconnection.internal.json;

import jakarta.json.bind.JsonbException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Describes why JSON-B could not write or read a value, without its messages, which may quote the value. */
final class Failure {

    private static final List<String> BETWEEN = Stream.concat(
                    FormatProfile.all().map(profile -> profile.getClass().getPackageName() + "."),
                    Stream.of(
                            Failure.class.getPackageName() + ".Direct",
                            "org.eclipse.yasson.",
                            "org.eclipse.parsson.",
                            "org.apache.johnzon.",
                            "java.lang.invoke.",
                            "java.lang.reflect.",
                            "jdk.internal.reflect."))
            .toList();
    private static final Pattern PROPERTY = Pattern.compile("property '([A-Za-z_$][\\w$]{0,80})'");
    private static final int MAX_CAUSES = 20; // some causes form a cycle

    private Failure() {}

    /** Returns the class of the root cause, and the application's method or the property in which it occurred. */
    static String kind(Throwable thrown) {
        Throwable first = thrown;
        String property = "";
        for (int i = 0; i < MAX_CAUSES && first.getCause() != null; i++) {
            property = property.isEmpty() ? property(first) : property;
            first = first.getCause();
        }
        if (first instanceof DirectWriter.NotDirect) {
            return String.valueOf(first.getMessage());
        }
        property = property.isEmpty() ? property(first) : property;
        String method = method(first.getStackTrace());
        return first.getClass().getName()
                + (!method.isEmpty() ? " in " + method : property.isEmpty() ? "" : " at property " + property);
    }

    /** Returns the method that JSON-B called. */
    private static String method(StackTraceElement... stack) {
        for (int i = 0; i < stack.length; i++) {
            String type = stack[i].getClassName();
            if (BETWEEN.stream().anyMatch(type::startsWith)) {
                return i == 0 || stack[i - 1].getClassName().startsWith("java.")
                        ? ""
                        : stack[i - 1].getClassName() + "." + stack[i - 1].getMethodName();
            }
        }
        return "";
    }

    private static String property(Throwable thrown) {
        Matcher matcher = PROPERTY.matcher(thrown instanceof JsonbException ? String.valueOf(thrown.getMessage()) : "");
        return matcher.find() ? matcher.group(1) : "";
    }
}
