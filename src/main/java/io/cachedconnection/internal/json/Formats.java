package io.cachedconnection.internal.json;

import io.cachedconnection.internal.types.ResolvedType;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.annotation.JsonbDateFormat;
import jakarta.json.bind.annotation.JsonbNumberFormat;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Type;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The formats that annotations give to numbers and dates inside a type. Some providers of JSON-B write those that name no
 * locale in the JVM's, whatever locale they are configured with, and another server's JVM may have another.
 */
final class Formats {

    // Years, months and days in numbers, times of day, offsets; other letters are words, or weeks, of which no
    // country has those of another.
    private static final Pattern ANYWHERE = Pattern.compile("(?:'[^']*'|M{1,2}(?!M)|[yudDHkKhmsSAnNXxV]|[^a-zA-Z'])*");

    /**
     * What is written to see which locale a provider takes.
     *
     * @param number one with a fraction
     */
    public record Sample(@JsonbNumberFormat("0.0") double number) {}

    private Formats() {}

    /** Whether there is one on {@code element}, or on an annotation there. */
    static boolean isOn(AnnotatedElement element) {
        return JsonbAnnotations.all(element)
                .anyMatch(
                        annotation -> annotation instanceof JsonbNumberFormat || annotation instanceof JsonbDateFormat);
    }

    /** Whether a value of {@code type} may be written otherwise where the locale is another. */
    static boolean dependOnLocale(Type type) {
        try {
            return ReachableTypes.of(type).stream()
                    .map(ReachableTypes.Reached::type)
                    .filter(ResolvedType::isOfApplication)
                    .flatMap(part -> JsonbAnnotations.everywhere(part.type()))
                    .anyMatch(Formats::dependsOnLocale);
        } catch (LinkageError | TypeNotPresentException e) {
            return true; // a part of it is not there to be looked at
        }
    }

    private static boolean dependsOnLocale(Annotation annotation) {
        if (annotation instanceof JsonbNumberFormat number) {
            return number.locale().equals(JsonbNumberFormat.DEFAULT_LOCALE);
        }
        return annotation instanceof JsonbDateFormat date
                && date.locale().equals(JsonbDateFormat.DEFAULT_LOCALE)
                && !isTheSameAnywhere(date.value());
    }

    private static boolean isTheSameAnywhere(String pattern) {
        return pattern.equals(JsonbDateFormat.DEFAULT_FORMAT)
                || pattern.equals(JsonbDateFormat.TIME_IN_MILLIS)
                || ANYWHERE.matcher(pattern).matches();
    }

    /** Whether the provider that the thread sees takes the locale that it is configured with. */
    static boolean obeyConfiguration() {
        char own = DecimalFormatSymbols.getInstance().getDecimalSeparator();
        Locale other = own == '.' ? Locale.GERMANY : Locale.US;
        char wanted = DecimalFormatSymbols.getInstance(other).getDecimalSeparator();
        String text = JsonbBuilder.create(new JsonbConfig().withLocale(other)).toJson(new Sample(1.5));
        return text.contains("1" + wanted + "5");
    }
}
