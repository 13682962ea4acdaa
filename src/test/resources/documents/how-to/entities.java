enum Tier {
    GOLD
}

enum Status {
    OPEN
}

@Entity
static class Customer {
    @Id
    long id;

    void setTier(Tier tier) {}

    <T> T view() {
        throw new AssertionError();
    }
}

interface Customers {
    Optional<Customer> byEmail(String email);
}

Customers customers;
EntityManager entities;
long id;

Customer customer(String email) {
    throw new AssertionError();
}
