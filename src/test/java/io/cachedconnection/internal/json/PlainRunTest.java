package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The end of a run: found wherever it is, and at no other byte than those that end one. */
class PlainRunTest {

    private static final int LENGTH = 27; // three steps and a rest

    @Test
    void end_eachByteAtEachPlace_isThereOrAtTheEnd() {
        for (int place = 0; place < LENGTH; place++) {
            for (int value = Byte.MIN_VALUE; value <= Byte.MAX_VALUE; value++) {
                byte[] text = plain();
                text[place] = (byte) value;
                boolean ends = value < ' ' || value == '"' || value == '\\';

                assertThat(PlainRun.end(text, 0)).as("%d at %d", value, place).isEqualTo(ends ? place : LENGTH);
            }
        }
    }

    @Test
    void end_twoThatEndIt_isTheFirst() {
        for (byte first : new byte[] {'"', '\\', 0, ' ' - 1, -1}) {
            byte[] text = plain();
            text[3] = first;
            text[4] = '#'; // one more than a quote, which a borrow makes look like one
            text[6] = '"';

            assertThat(PlainRun.end(text, 1)).as("%d", first).isEqualTo(3);
            assertThat(PlainRun.end(text, 4)).as("after %d", first).isEqualTo(6);
        }
    }

    @Test
    void end_startAtTheEnd_isThere() {
        assertThat(PlainRun.end("abc".getBytes(US_ASCII), 3)).isEqualTo(3);
    }

    private static byte[] plain() {
        byte[] text = new byte[LENGTH];
        Arrays.fill(text, (byte) 'x');
        return text;
    }
}
