package io.cachedconnection.internal.tls;

import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** The format of certificates and keys in text files (RFC 7468). */
final class Pem {

    static final String CERTIFICATE = "CERTIFICATE";
    static final String KEY = "PRIVATE KEY";

    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----((?s:.*?))-----END \\1-----");

    private static final Pattern BEGIN = Pattern.compile("-----BEGIN [A-Z0-9 ]+");

    private Pem() {}

    /**
     * One block.
     *
     * @param content in Base64, but for what old encrypted keys have before it
     */
    record Block(String label, String content) {

        boolean isKey() {
            return label.endsWith(KEY);
        }

        /** What is encoded; nothing, which is neither certificate nor key, where it is damaged. */
        byte[] bytes() {
            try {
                return Base64.getMimeDecoder().decode(content);
            } catch (IllegalArgumentException e) {
                return new byte[0];
            }
        }
    }

    /** Whether in {@code text} a block begins that does not end, or ends only after another one has begun. */
    static boolean isCutOff(String text) {
        boolean nested = blocks(text).stream()
                .anyMatch(block -> BEGIN.matcher(block.content()).find());
        return nested || BEGIN.matcher(BLOCK.matcher(text).replaceAll("")).find();
    }

    /** All blocks in {@code text}; what is between them is passed over. */
    static List<Block> blocks(String text) {
        return BLOCK.matcher(text)
                .results()
                .map(found -> new Block(found.group(1), found.group(2)))
                .toList();
    }
}
