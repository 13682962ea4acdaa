package io.cachedconnection.rolling;

import io.cachedconnection.internal.json.Provider;

/** A way in which the type of a value differs between two versions of an application. */
enum TypeChange {
    MEMBER_ADDED(
            Draft.of("Item", "new Item(row, 'a' + row)", "bean Item : int row, String name"),
            Draft.of("Item", "new Item(row, 'a' + row, 'b' + row)", "bean Item : int row, String name, String color")),
    MEMBER_REMOVED(
            Draft.of("Item", "new Item(row, 'a' + row, 'b' + row)", "bean Item : int row, String name, String color"),
            Draft.of("Item", "new Item(row, 'b' + row)", "bean Item : int row, String color")),
    MEMBER_RENAMED(
            Draft.of("Item", "new Item(row, 'a' + row)", "bean Item : int row, String name"),
            Draft.of("Item", "new Item(row, 'a' + row)", "bean Item : int row, String title")),
    COMPONENT_ADDED(
            Draft.of("Item", "new Item(row)", "record Item(int row) {}"),
            Draft.of("Item", "new Item(row, 'b' + row)", "record Item(int row, String color) {}")),
    COMPONENT_RENAMED(
            Draft.of("Item", "new Item(row, 'a' + row)", "record Item(int row, String name) {}"),
            Draft.of("Item", "new Item(row, 'a' + row)", "record Item(int row, String title) {}")),
    ORDER_CHANGED(
            Draft.of(
                    "Item",
                    "new Item(row, 'a'.repeat(300) + row, null)",
                    "record Item(int row, String name, Long size) {}"),
            Draft.of(
                    "Item",
                    "new Item(null, 'a'.repeat(300) + row, row)",
                    "record Item(Long size, String name, int row) {}")),
    METHODS_CHANGED(
            Draft.of("Item", "new Item(row, 'a' + row)", "record Item(int row, String name) {}"),
            Draft.of(
                    "Item",
                    "new Item(row, 'a' + row)",
                    "record Item(int row, String name) { public boolean hasName() { return name != null; } }")),
    INT_TO_LONG(
            Draft.of("Item", "new Item(row)", "record Item(int row) {}"),
            Draft.of("Item", "new Item(row)", "record Item(long row) {}")),
    LONG_BEYOND_INT(
            Draft.of("Item", "new Item(row)", "record Item(int row) {}"),
            Draft.of("Item", "new Item((1L << 32) + row)", "record Item(long row) {}")),
    INT_TO_TEXT(
            Draft.of("Item", "new Item(row)", "record Item(int row) {}"),
            Draft.of("Item", "new Item('' + row)", "record Item(String row) {}")),
    TEXT_TO_ENUM(
            Draft.of("Item", "new Item(row, 'RED')", "record Item(int row, String color) {}"),
            Draft.of(
                    "Item",
                    "new Item(row, Color.RED)",
                    "record Item(int row, Color color) {}",
                    "enum Color { RED, BLUE }")),
    TEXT_TO_RECORD(
            Draft.of("Item", "new Item(row, 'a')", "record Item(int row, String color) {}"),
            Draft.of(
                    "Item",
                    "new Item(row, new Color('a'))",
                    "record Item(int row, Color color) {}",
                    "record Color(String name) {}")),
    LIST_TO_SET(
            Draft.of("Item", "new Item(List.of(row, -1, row))", "record Item(List<Integer> rows) {}"),
            Draft.of("Item", "new Item(Set.of(row, -1))", "record Item(Set<Integer> rows) {}")),
    OPTIONAL_ADDED(
            Draft.of("Item", "new Item(row, null)", "record Item(int row, String name) {}"),
            Draft.of("Item", "new Item(row, Optional.empty())", "record Item(int row, Optional<String> name) {}")),
    CONSTANT_ADDED(
            Draft.of("Item", "new Item(row, Color.RED)", "record Item(int row, Color color) {}", "enum Color { RED }"),
            Draft.of(
                    "Item",
                    "new Item(row, row % 2 == 0 ? Color.RED : Color.BLUE)",
                    "record Item(int row, Color color) {}",
                    "enum Color { RED, BLUE }")),
    CONSTANT_RENAMED(
            Draft.of("Item", "new Item(row, Color.RED)", "record Item(int row, Color color) {}", "enum Color { RED }"),
            Draft.of(
                    "Item",
                    "new Item(row, Color.CRIMSON)",
                    "record Item(int row, Color color) {}",
                    "enum Color { CRIMSON }")),
    CONSTANT_RENAMED_IN_LIST(
            Draft.of(
                    "Item",
                    "new Item(row, List.of(Color.RED))",
                    "record Item(int row, List<Color> colors) {}",
                    "enum Color { RED }"),
            Draft.of(
                    "Item",
                    "new Item(row, List.of(Color.CRIMSON))",
                    "record Item(int row, List<Color> colors) {}",
                    "enum Color { CRIMSON }")),
    CONSTANT_RENAMED_IN_KEYS(
            Draft.of(
                    "Item",
                    "new Item(row, Map.of(Color.RED, 1))",
                    "record Item(int row, Map<Color,Integer> colors) {}",
                    "enum Color { RED }"),
            Draft.of(
                    "Item",
                    "new Item(row, Map.of(Color.CRIMSON, 1))",
                    "record Item(int row, Map<Color,Integer> colors) {}",
                    "enum Color { CRIMSON }")),
    CLASS_RENAMED(
            Draft.of("Item", "new Item(row)", "record Item(int row) {}"),
            Draft.of("Article", "new Article(row)", "record Article(int row) {}")),
    CLASS_TO_RECORD(
            Draft.of("Item", "new Item(row, 'a')", "bean Item : int row, String name"),
            Draft.of("Item", "new Item(row, 'a')", "record Item(int row, String name) {}")),
    PROPERTY_NAMED(
            Draft.of("Item", "new Item(row, 'a' + row)", "bean Item : int row, String name"),
            Draft.of("Item", "new Item(row, 'a' + row)", "bean Item : int row, @JsonbProperty('title') String name")),
    COMPONENT_NAMED(
            Draft.of("Item", "new Item(row, 'a' + row)", "record Item(int row, String name) {}"),
            Draft.of(
                    "Item",
                    "new Item(row, 'a' + row)",
                    "record Item(int row, @JsonbProperty('title') String name) {}")),
    MEMBER_BESIDE_NAMED_ONE_RENAMED(
            Draft.of("Item", "new Item(row, 'a' + row)", "bean Item : @JsonbProperty('r') int row, String name"),
            Draft.of("Item", "new Item(row, 'a' + row)", "bean Item : @JsonbProperty('r') int row, String title")),
    COMPONENT_BESIDE_NAMED_ONE_ADDED(
            Draft.of("Item", "new Item(row)", "record Item(@JsonbProperty('r') int row) {}"),
            Draft.of("Item", "new Item(row, 'a' + row)", "record Item(@JsonbProperty('r') int row, String name) {}")),
    TRANSIENT_ADDED(
            Draft.of("Item", "new Item(row, 'a' + row)", "bean Item : int row, String name"),
            Draft.of("Item", "new Item(row, null)", "bean Item : int row, @JsonbTransient String name")),
    NULLABLE_TO_PRIMITIVE(
            Draft.of("Item", "new Item(row, null)", "record Item(int row, Integer size) {}"),
            Draft.of("Item", "new Item(row, -1)", "record Item(int row, int size) {}")),
    SUBCLASS_ADDED(
            Draft.of(
                    "Item",
                    "new Book(row)",
                    "@JsonbTypeInfo({@JsonbSubtype(alias = 'book', type = Book.class)}) interface Item {}",
                    "class Book implements Item { public int row; public Book() {} public Book(int row) { this.row ="
                            + " row; } }"),
            Draft.of(
                    "Item",
                    "row % 2 == 0 ? new Book(row) : new Disc(row)",
                    "@JsonbTypeInfo({@JsonbSubtype(alias = 'book', type = Book.class), @JsonbSubtype(alias = 'disc',"
                            + " type = Disc.class)}) interface Item {}",
                    "class Book implements Item { public int row; public Book() {} public Book(int row) { this.row ="
                            + " row; } }",
                    "class Disc implements Item { public int row; public Disc() {} public Disc(int row) { this.row ="
                            + " row; } }")),
    PUBLIC_FIELD_RENAMED(
            Draft.of(
                    "Item",
                    "new Item(row)",
                    "class Item { public int row; public String name; public Item() {} Item(int row) { this.row = row;"
                            + " name = 'a' + row; } }"),
            Draft.of(
                    "Item",
                    "new Item(row)",
                    "class Item { public int row; public String title; public Item() {} Item(int row) { this.row ="
                            + " row; title = 'a' + row; } }")),
    ENTITY_PARENT_CHANGED(
            Draft.of(
                    "Item",
                    "new Item(row, 1L, 'a')",
                    "bean Stored : int version, Long id",
                    "bean Item extends Stored(int version, Long id) : String name"),
            Draft.of(
                    "Item",
                    "new Item(row, 1L, 'x', 'a')",
                    "bean Stored : int version, Long id, String tenant",
                    "bean Item extends Stored(int version, Long id, String tenant) : String name")),
    ENTITY_PARENT_ADDED(
            Draft.of("Item", "new Item(row, 'a')", "bean Item : int version, String name"),
            Draft.of(
                    "Item",
                    "new Item(row, 'a')",
                    "bean Stored : int version",
                    "bean Item extends Stored(int version) : String name")),
    NESTED_MEMBER_ADDED(
            Draft.of(
                    "Item",
                    "new Item(row, new Part('a'))",
                    "record Item(int row, Part part) {}",
                    "bean Part : String name"),
            Draft.of(
                    "Item",
                    "new Item(row, new Part('a', 'b'))",
                    "record Item(int row, Part part) {}",
                    "bean Part : String name, String color")),
    ELEMENT_MEMBER_RENAMED(
            Draft.of(
                    "List<Item>",
                    "List.of(new Item(row, 'a'), new Item(-1, 'b'))",
                    "record Item(int row, String name) {}"),
            Draft.of(
                    "List<Item>",
                    "List.of(new Item(row, 'a'), new Item(-1, 'b'))",
                    "record Item(int row, String title) {}")),
    ENTRY_MEMBER_RENAMED(
            Draft.of("Map<String, Item>", "Map.of('k', new Item(row, 'a'))", "bean Item : int row, String name"),
            Draft.of("Map<String, Item>", "Map.of('k', new Item(row, 'a'))", "bean Item : int row, String title"));

    private final String before;
    private final String after;

    TypeChange(Draft before, Draft after) {
        this.before = before.source(name());
        this.after = after.source(name());
    }

    /** The source of the older version, as {@link Draft#source} has it. */
    String before() {
        return before;
    }

    /** The source of the newer one. */
    String after() {
        return after;
    }

    /** Whether values of both versions are stored, with these providers for the older and the newer one. */
    boolean isStored(Provider older, Provider newer) {
        return switch (this) {
            case OPTIONAL_ADDED -> newer == Provider.YASSON;
            default -> true;
        };
    }

    /** Whether the JSON of both versions is the same, as far as declarations tell. */
    boolean keepsShape() {
        return this == ORDER_CHANGED || this == METHODS_CHANGED;
    }
}
