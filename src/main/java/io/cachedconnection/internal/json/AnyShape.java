package io.cachedconnection.internal.json;

/**
 * The shape of a type whose declaration says nothing about its JSON.
 *
 * @param type its class
 * @param mayBeNumber whether a large number may be made of a text there
 */
record AnyShape(Class<?> type, boolean mayBeNumber) implements JsonShape {

    /** Any JSON at all that both providers read alike, and any value. */
    static final JsonShape ANYTHING = new AnyShape(Object.class, false);

    /** The same where large numbers may be. */
    static final JsonShape WITH_NUMBERS = new AnyShape(Object.class, true);

    AnyShape(Class<?> type) {
        this(type, type == Number.class);
    }

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
    public boolean looksAtText() {
        return mayBeNumber;
    }

    /** What is no number is no harm, whoever tries to make one of it. */
    @Override
    public boolean allowsText(String text) {
        return JsonValidator.isNumberInBounds(text)
                || !text.chars().allMatch(c -> (c >= '0' && c <= '9') || "+-.eE".indexOf(c) >= 0);
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
    public JsonShape element() {
        return mayBeNumber ? WITH_NUMBERS : ANYTHING;
    }

    @Override
    public Members members() {
        return name -> element();
    }
}
