package io.cachedconnection.internal.json;

import java.lang.reflect.Type;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** The same with Johnzon. */
@Tag("proof")
public class JohnzonMutationTest extends MutationTest {

    @Override
    Provider provider() {
        return Provider.JOHNZON;
    }

    @Override
    Map<Type, Object> values() {
        return VALUES;
    }
}
