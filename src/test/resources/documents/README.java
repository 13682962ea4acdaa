@Entity
static class Account {
    @Id
    long id;

    void setOwner(String owner) {}

    <T> T view() {
        throw new AssertionError();
    }
}
