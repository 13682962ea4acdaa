package io.cachedconnection.internal.json;

/** The shape of a type whose declaration says nothing about its JSON. */
record AnyShape(Class<?> type) implements Shape {

    /** Any JSON at all, and any value. */
    static final Shape ANYTHING = new AnyShape(Object.class);

    @Override
    public boolean holds(Object value) {
        return type.isInstance(value);
    }

    @Override
    public boolean allowsBoolean() {
        return true;
    }

    @Override
    public boolean allowsText(int length) {
        return true;
    }

    @Override
    public boolean allowsWhole(long number) {
        return true;
    }

    @Override
    public boolean allowsNumber(String number) {
        return true;
    }

    @Override
    public Shape element() {
        return ANYTHING;
    }

    @Override
    public Members members() {
        return name -> ANYTHING;
    }
}
