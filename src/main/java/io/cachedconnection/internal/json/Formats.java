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
 * Finds formats for numbers and dates in the annotations of a type. Some JSON-B providers format them by the JVM's default
 * locale, even if they are configured with another, and the JVM of another server may have another default.
 */
final class Formats {

    // Numeric years, months, days, times and offsets. Other letters produce words, or weeks, which differ between
    // countries.
    private static final Pattern ANYWHERE = Pattern.compile("(?:'[^']*'|M{1,2}(?!M)|[yudDHkKhmsSAnNXxV]|[^a-zA-Z'])*");

    /**
     * The value written to detect the locale of a provider.
     *
     * @param number a number with a fraction
     */
    public record Sample(@JsonbNumberFormat("0.0") double number) {}

    private Formats() {}

    /** Tells whether {@code element}, or an annotation on it, has a format. */
    static boolean isOn(AnnotatedElement element) {
        return JsonbAnnotations.all(element)
                .anyMatch(
                        annotation -> annotation instanceof JsonbNumberFormat || annotation instanceof JsonbDateFormat);
    }

    /** Tells whether the JSON of {@code type} may depend on the default locale. */
    static boolean dependOnLocale(Type type) {
        try {
            return ReachableTypes.of(type).stream()
                    .map(ReachableTypes.Reached::type)
                    .filter(ResolvedType::isOfApplication)
                    .flatMap(part -> JsonbAnnotations.everywhere(part.type()))
                    .anyMatch(Formats::dependsOnLocale);
        } catch (LinkageError | TypeNotPresentException e) {
            return true; // a part of the type is missing
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

    /** Tells whether the provider of the calling thread uses its configured locale. */
    static boolean obeyConfiguration() {
        char own = DecimalFormatSymbols.getInstance().getDecimalSeparator();
        Locale other = own == '.' ? Locale.GERMANY : Locale.US;
        char wanted = DecimalFormatSymbols.getInstance(other).getDecimalSeparator();
        String text = JsonbBuilder.create(new JsonbConfig().withLocale(other)).toJson(new Sample(1.5));
        return text.contains("1" + wanted + "5");
    }
}
