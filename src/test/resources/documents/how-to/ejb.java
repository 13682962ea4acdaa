@Entity
static class Product {
    @Id
    long id;

    BigDecimal getPrice() {
        throw new AssertionError();
    }

    void setPrice(BigDecimal price) {}
}
