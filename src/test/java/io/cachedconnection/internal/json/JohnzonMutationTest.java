package io.cachedconnection.internal.json;

import java.lang.reflect.Type;
import java.util.Map;

/** The same with Johnzon. */
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
