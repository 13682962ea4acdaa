record Book(long id, int price) {}

interface Books {
    Book find(long id);
}

interface Prices {
    void raiseAll();
}

Books books;
Prices prices;
long id;
