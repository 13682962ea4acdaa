record OrderView(long id, String label) {}

@Entity
static class Order {
    @Id
    long id;

    void ship() {}

    void setLabel(String label) {}

    OrderView view() {
        throw new AssertionError();
    }
}

EntityManager entities;
