package io.cachedconnection.internal.json;

/** The shape of a class of the application: an object, of which names and contents are for JSON-B to know. */
record ObjectShape(Class<?> type) implements Shape {

    @Override
    public boolean holds(Object value) {
        return type.isInstance(value);
    }

    @Override
    public Members members() {
        return name -> AnyShape.ANYTHING;
    }
}
