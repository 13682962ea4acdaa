package io.cachedconnection.internal.json;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The same with Johnzon, which writes less of what it cannot read. */
public class JohnzonReadBackTest extends RoundTripCheckTest {

    @Override
    Provider provider() {
        return Provider.JOHNZON;
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of(Sealed.class, new Sealed("a")),
                Arguments.of(OptionalInt.class, OptionalInt.empty()),
                Arguments.of(new Types<List<Sealed>>() {}.type(), List.of(new Sealed("a"))));
    }
}
