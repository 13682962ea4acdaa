package io.cachedconnection.quarkus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.TypeCodec;
import jakarta.enterprise.context.ApplicationScoped;

/** How a word is spelt: a value that JSON-B cannot read back. */
public final class Spelling {

    private final String letters;

    Spelling(String letters) {
        this.letters = letters;
    }

    @Override
    public String toString() {
        return letters;
    }

    /** Its codec, which nothing injects but the library. */
    @ApplicationScoped
    public static class Codec implements TypeCodec<Spelling> {

        @Override
        public String version() {
            return "spelling/1";
        }

        @Override
        public byte[] encode(Spelling value) {
            return value.letters.getBytes(UTF_8);
        }

        @Override
        public Spelling decode(byte[] bytes) {
            return new Spelling(new String(bytes, UTF_8));
        }
    }
}
