record Route(String packed) {
    static Route of(String packed) {
        return new Route(packed);
    }
}
