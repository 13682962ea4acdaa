package io.cachedconnection.internal.config;

import java.security.Key;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/** How secret keys are written: 32 bytes each, in Base64. What is said of wrong ones tells their places only. */
enum SecretKeyText {
    /** Those that encrypt values: the first one, while all others can still be used to read. */
    OF_VALUES("AES", 16),
    /** The one that keys in Redis are hidden with. There is no second: what it makes is looked for, not read. */
    OF_NAMES("HmacSHA256", 1);

    private static final int KEY_BYTES = 32;
    private static final String COMMENT = "#";

    private final String algorithm;
    private final int most;

    SecretKeyText(String algorithm, int most) {
        this.algorithm = algorithm;
        this.most = most;
    }

    /** A text that should be a key, and what to call it. */
    record Candidate(String place, String text) {

        /** Says nothing of the text. */
        @Override
        public String toString() {
            return "Candidate[place=" + place + "]";
        }
    }

    /** The keys in the text of a setting, with commas in between. */
    List<Key> inSetting(String text) {
        String[] parts = text.split(",", -1);
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            candidates.add(new Candidate("key " + (i + 1), parts[i].strip()));
        }
        return keys(candidates);
    }

    /** The keys in the text of a file: one on each line that is neither empty nor a comment. */
    List<Key> inFile(String text) {
        List<String> lines = text.lines().map(String::strip).toList();
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isEmpty() && !line.startsWith(COMMENT)) {
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
            Key key = key(candidate);
            require(!keys.contains(key), candidate.place() + " was there before");
            keys.add(key);
        }
        return List.copyOf(keys);
    }

    private Key key(Candidate candidate) {
        byte[] bytes = bytes(candidate);
        require(bytes.length == KEY_BYTES, candidate.place() + " is not of 32 bytes, but of " + bytes.length);
        require(!isOneByte(bytes), candidate.place() + " is one byte again and again, so obviously no secret");
        return new SecretKeySpec(bytes, algorithm);
    }

    private static byte[] bytes(Candidate candidate) {
        require(!candidate.text().isEmpty(), candidate.place() + " is empty");
        // Padding is asked for: where it is missing, more may be.
        require(candidate.text().length() % 4 == 0, candidate.place() + " is not Base64, or not all of it");
        try {
            return Base64.getDecoder().decode(candidate.text().replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) { // which quotes a character
            throw new InvalidValue(candidate.place() + " is not Base64, or not all of it");
        }
    }

    private static boolean isOneByte(byte[] bytes) {
        for (byte each : bytes) {
            if (each != bytes[0]) {
                return false;
            }
        }
        return true;
    }

    private static void require(boolean allowed, String reason) {
        if (!allowed) {
            throw new InvalidValue(reason);
        }
    }
}
