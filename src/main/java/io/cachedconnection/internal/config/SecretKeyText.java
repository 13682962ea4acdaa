package io.cachedconnection.internal.config;

import static io.cachedconnection.internal.config.InvalidValue.require;

import java.security.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/** Parses secret keys: 32 bytes each, in Base64. Problems name only the positions of wrong keys. */
enum SecretKeyText {
    /** Keys of values: the first one encrypts, and all decrypt. */
    OF_VALUES("AES", 16),
    /** The one key that hides keys in Redis. A second one is useless, because hidden keys are searched, not read. */
    OF_NAMES("HmacSHA256", 1);

    private static final int KEY_BYTES = 32;

    private final String algorithm;
    private final int most;

    SecretKeyText(String algorithm, int most) {
        this.algorithm = algorithm;
        this.most = most;
    }

    /** A text that should be a key, and its name in messages. */
    record Candidate(String place, String text) {

        /** Hides the text. */
        @Override
        public String toString() {
            return "Candidate[place=" + place + "]";
        }
    }

    /** Parses the keys of a setting, separated by commas. */
    List<Key> inSetting(String text) {
        String[] parts = text.split(",", -1);
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            candidates.add(new Candidate("key " + (i + 1), parts[i].strip()));
        }
        return keys(candidates);
    }

    /** Parses the keys of a file: one on each line that is neither empty nor a comment. */
    List<Key> inFile(String text) {
        List<String> lines = text.lines().map(String::strip).toList();
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isEmpty() && !line.startsWith("#")) {
                candidates.add(new Candidate("line " + (i + 1), line));
            }
        }
        require(!candidates.isEmpty(), "the file holds no key");
        return keys(candidates);
    }

    private List<Key> keys(List<Candidate> candidates) {
        require(
                candidates.size() <= most,
                most == 1 ? "there is more than one key" : "there are more keys than " + most);
        List<Key> keys = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Key key = key(candidate.place, candidate.text);
            require(!keys.contains(key), candidate.place + " is a duplicate");
            keys.add(key);
        }
        return List.copyOf(keys);
    }

    private Key key(String place, String text) {
        require(!text.isEmpty(), place + " is empty");
        // Padding is required: if it is missing, more may be missing.
        require(text.length() % 4 == 0, place + " is not complete Base64");
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) { // it quotes a character
            throw new InvalidValue(place + " is not complete Base64");
        }
        require(bytes.length == KEY_BYTES, place + " does not have 32 bytes, but " + bytes.length);
        byte[] oneByte = new byte[KEY_BYTES];
        Arrays.fill(oneByte, bytes[0]);
        require(!Arrays.equals(bytes, oneByte), place + " repeats one byte, so it is no secret");
        return new SecretKeySpec(bytes, algorithm);
    }
}
