package io.cachedconnection.internal.json;

/** The shape of a type whose declaration says nothing about its JSON. */
record AnyShape(Class<?> type) implements Shape {

    /** Any JSON at all that both providers read alike, and any value. */
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

    /** Where nothing says what to make of a number, Johnzon makes a double of it: infinity, if it is too large for one. */
    @Override
    public boolean allowsNumber(String number) {
        return type != Object.class || ScalarShape.Form.DOUBLE.fits(number);
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
