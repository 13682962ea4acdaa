package io.cachedconnection.internal.telemetry.jmx;

import io.cachedconnection.internal.common.Histogram;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.operations.Operations;
import io.cachedconnection.internal.telemetry.Metric;
import io.cachedconnection.internal.telemetry.Metric.Kind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import org.jspecify.annotations.Nullable;

/**
 * Shows the metrics of one cache, or of everything that belongs to no cache, as read-only attributes. An attribute is named by
 * the metric and its words, such as {@code LookupsNearHit}. Values of several servers or pools are added.
 */
final class NumbersBean implements DynamicMBean {

    private static final String OF_CACHE = "cachedconnection.cache.name";

    private static final String SCOPE =
            "cachedconnection.scope"; // the scope of evictions; those of tags belong to no cache

    /** Attributes of servers, pools and operations, over which values are added. */
    private static final Set<String> ADDED_UP = Set.of(
            OF_CACHE,
            "server.address",
            Metric.PORT,
            "db.client.connection.pool.name",
            "db.system.name",
            "db.operation.name",
            "db.stored_procedure.name",
            "db.namespace",
            "error.type");

    private static final double PERCENTILE = 0.99;

    private record Shown(String type, String description, Supplier<@Nullable Object> value) {}

    private final Operations operations;
    private final @Nullable String cache;
    private final Map<String, Shown> numbers = new LinkedHashMap<>();

    private NumbersBean(Operations operations, @Nullable String cache) {
        this.operations = operations;
        this.cache = cache;
        for (Metric metric : Metric.TABLE) {
            boolean isOfCaches = metric.keys().contains(OF_CACHE);
            if (cache == null ? !isOfCaches || metric.keys().contains(SCOPE) : isOfCaches) {
                add(metric);
            }
        }
    }

    /** Creates the bean of one cache. */
    static NumbersBean ofCache(Operations operations, Cache cache) {
        return new NumbersBean(operations.of(cache), cache.name());
    }

    /** Creates the bean of Redis and of everything else that belongs to no cache. */
    static NumbersBean ofStore(Operations operations) {
        NumbersBean bean = new NumbersBean(operations, null);
        bean.add("Version", "The version of this library.", Operations::version);
        bean.add("Address", "Where Redis is.", operations::address);
        bean.add(
                "Redis",
                "Whether Redis answers, as last seen: answers, failing, left alone, or never seen.",
                () -> operations.redis().words());
        return bean;
    }

    private void add(String name, String description, Supplier<@Nullable Object> text) {
        numbers.put(name, new Shown(String.class.getName(), description, text));
    }

    private void add(Metric metric) {
        String name = camel(metric.name().replace("cachedconnection.", ""));
        switch (metric.kind()) {
            case COUNTER, UP_DOWN_COUNTER ->
                words(metric)
                        .forEach(words -> numbers.put(
                                name + words,
                                new Shown(
                                        Long.class.getName(),
                                        metric.description(),
                                        () -> sums(metric).get(words))));
            case GAUGE ->
                numbers.put(
                        name,
                        new Shown(Double.class.getName(), metric.description() + " In " + metric.unit() + ".", () -> {
                            @Nullable Long value = sums(metric).get("");
                            return value == null ? null : value * metric.scale();
                        }));
            case HISTOGRAM -> words(metric).forEach(words -> addHistogram(metric, name + words, words));
        }
    }

    private void addHistogram(Metric metric, String name, String words) {
        String in = " In " + metric.unit() + ".";
        numbers.put(
                name + "Count",
                new Shown(
                        Long.class.getName(),
                        metric.description() + " Their number.",
                        () -> histogram(metric, words).count()));
        numbers.put(
                name + "Sum",
                new Shown(
                        Double.class.getName(),
                        metric.description() + " Their sum." + in,
                        () -> histogram(metric, words).sum() * metric.scale()));
        numbers.put(
                name + "Median",
                new Shown(
                        Double.class.getName(),
                        metric.description() + " About the median." + in,
                        () -> histogram(metric, words).quantile(0.5) * metric.scale()));
        numbers.put(
                name + "Percentile99",
                new Shown(
                        Double.class.getName(),
                        metric.description() + " About what 99 of 100 do not exceed." + in,
                        () -> histogram(metric, words).quantile(PERCENTILE) * metric.scale()));
    }

    /** Returns the words that distinguish the numbers of one metric. */
    private Set<String> words(Metric metric) {
        return metric.kind() == Kind.HISTOGRAM
                ? histograms(metric).keySet()
                : sums(metric).keySet();
    }

    private Map<String, Long> sums(Metric metric) {
        Map<String, Long> sums = new LinkedHashMap<>();
        metric.readNumbers(operations, (value, attributes) -> {
            if (isOurs(metric, attributes)) {
                sums.merge(words(metric, attributes), value, Long::sum);
            }
        });
        return sums;
    }

    private Histogram.Snapshot histogram(Metric metric, String words) {
        return Objects.requireNonNullElseGet(
                histograms(metric).get(words), () -> Histogram.ofTimes().snapshot());
    }

    private Map<String, Histogram.Snapshot> histograms(Metric metric) {
        Map<String, Histogram.Snapshot> sums = new HashMap<>();
        metric.readHistograms(operations, (values, attributes) -> {
            if (isOurs(metric, attributes)) {
                sums.merge(words(metric, attributes), values, Histogram.Snapshot::plus);
            }
        });
        if (sums.isEmpty()) {
            sums.put("", Histogram.ofTimes().snapshot());
        }
        return sums;
    }

    private boolean isOurs(Metric metric, List<@Nullable String> attributes) {
        int index = metric.keys().indexOf(OF_CACHE);
        return index < 0 ? cache == null : Objects.equals(attributes.get(index), cache);
    }

    private static String words(Metric metric, List<@Nullable String> attributes) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < attributes.size(); i++) {
            @Nullable String value = attributes.get(i);
            if (value != null && !ADDED_UP.contains(metric.keys().get(i))) {
                words.append(camel(value));
            }
        }
        return words.toString();
    }

    private static String camel(String words) {
        return Stream.of(words.split("[._]"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    @Override
    public @Nullable Object getAttribute(String name) throws AttributeNotFoundException, MBeanException {
        @Nullable Shown number = numbers.get(name);
        if (number == null) {
            throw new AttributeNotFoundException(name);
        }
        return number.value().get();
    }

    @Override
    public AttributeList getAttributes(String[] names) {
        AttributeList found = new AttributeList();
        Stream.of(names)
                .filter(numbers::containsKey)
                .forEach(name -> found.add(new Attribute(
                        name, Objects.requireNonNull(numbers.get(name)).value().get())));
        return found;
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException("All attributes are read-only.");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public @Nullable Object invoke(String action, Object[] parameters, String[] signature) throws MBeanException {
        throw new MBeanException(new UnsupportedOperationException("There are no operations."));
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        MBeanAttributeInfo[] attributes = numbers.entrySet().stream()
                .map(each -> new MBeanAttributeInfo(
                        each.getKey(), each.getValue().type(), each.getValue().description(), true, false, false))
                .toArray(MBeanAttributeInfo[]::new);
        return new MBeanInfo(
                NumbersBean.class.getName(),
                cache == null ? "What this node sees of Redis." : "What a cache has done on this node.",
                attributes,
                null,
                null,
                null);
    }
}
