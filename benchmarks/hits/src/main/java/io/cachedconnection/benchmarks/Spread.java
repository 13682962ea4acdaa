package io.cachedconnection.benchmarks;

import java.util.List;
import java.util.Locale;

/** The median of some measurements, and the least and the greatest, or the quartiles. */
record Spread(double median, double least, double greatest) {

    static Spread of(List<Double> measurements) {
        List<Double> sorted = measurements.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    static Spread quartiles(List<Double> measurements) {
        List<Double> sorted = measurements.stream().sorted().toList();
        int quarter = sorted.size() / 4;
        return new Spread(of(sorted).median, sorted.get(quarter), sorted.get(sorted.size() - 1 - quarter));
    }

    String text(int decimals) {
        String number = "%." + decimals + "f";
        return String.format(Locale.ROOT, number + " (" + number + " to " + number + ")", median, least, greatest);
    }
}
