package io.cachedconnection.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** The forms in which a word of ASCII may stand in a text, also as a part of something longer. */
public final class Forms {

    /** One of them. */
    private record Form(String name, String text, boolean inAnyCase) {

        boolean isIn(String line, String lowerCase) {
            return inAnyCase ? lowerCase.contains(text) : line.contains(text);
        }
    }

    private final List<Form> forms;

    private Forms(List<Form> forms) {
        this.forms = forms;
    }

    public static Forms of(String word) {
        byte[] bytes = word.getBytes(US_ASCII);
        List<Form> forms = new ArrayList<>();
        forms.add(new Form("as it is", word.toLowerCase(Locale.ROOT), true));
        forms.add(new Form("hexadecimal", HexFormat.of().formatHex(bytes), true));
        forms.add(new Form(
                "percent-encoded", each(bytes, code -> "%" + HexFormat.of().toHexDigits((byte) code)), true));
        forms.add(new Form(
                "escaped as in JSON", each(bytes, code -> "\\u" + HexFormat.of().toHexDigits((short) code)), true));
        forms.add(new Form("a list of numbers", numbers(bytes), true));
        for (int before = 0; before < 3; before++) {
            forms.add(new Form("base64", base64(before, bytes), false));
        }
        return new Forms(forms);
    }

    /** The names of the forms in which the word is in this line. */
    public List<String> in(String line) {
        String lowerCase = line.toLowerCase(Locale.ROOT);
        return forms.stream()
                .filter(form -> form.isIn(line, lowerCase))
                .map(Form::name)
                .toList();
    }

    /** The names of all. */
    public List<String> names() {
        return forms.stream().map(Form::name).distinct().toList();
    }

    private static String each(byte[] bytes, IntFunction<String> form) {
        return new String(bytes, US_ASCII).chars().mapToObj(form).collect(Collectors.joining());
    }

    private static String numbers(byte[] bytes) {
        String list = Arrays.toString(bytes);
        return list.substring(1, list.length() - 1);
    }

    /** The part of the base64 that is the same whatever stands before and after the word. */
    private static String base64(int before, byte[] bytes) {
        byte[] text = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, text, before, bytes.length);
        String whole = Base64.getEncoder().withoutPadding().encodeToString(text);
        int first = (before * 8 + 5) / 6;
        int end = text.length * 8 / 6;
        return whole.substring(first, end);
    }
}
