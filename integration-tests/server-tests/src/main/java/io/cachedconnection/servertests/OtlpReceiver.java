package io.cachedconnection.servertests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** Takes what an OpenTelemetry SDK exports by OTLP over HTTP, as Protobuf. Keeps the last of each metric, and all spans. */
public final class OtlpReceiver implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Metric> metrics = new ConcurrentHashMap<>();
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    private OtlpReceiver(HttpServer server) {
        this.server = server;
    }

    /** A receiver on loopback, on a port that was free. */
    public static OtlpReceiver started() {
        try {
            OtlpReceiver receiver =
                    new OtlpReceiver(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            receiver.server.createContext("/v1/metrics", receiver::takeMetrics);
            receiver.server.createContext("/v1/traces", receiver::takeSpans);
            receiver.server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException("No port can be had.", e);
        }
    }

    /** What exporters have to be told. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The names of all metrics that have arrived. */
    public List<String> metrics() {
        return metrics.keySet().stream().sorted().toList();
    }

    /** The last number of this counter that has arrived, for the point that has these attributes besides others; -1 for none. */
    public long counted(String name, Map<String, String> attributes) {
        return metrics.getOrDefault(name, Metric.getDefaultInstance()).getSum().getDataPointsList().stream()
                .filter(point -> attributes.entrySet().stream()
                        .allMatch(wanted -> point.getAttributesList().stream()
                                .anyMatch(each -> each.getKey().equals(wanted.getKey())
                                        && each.getValue().getStringValue().equals(wanted.getValue()))))
                .mapToLong(point -> point.hasAsInt() ? point.getAsInt() : Math.round(point.getAsDouble()))
                .findFirst()
                .orElse(-1);
    }

    /** All spans that have arrived. */
    public List<Span> spans() {
        return List.copyOf(spans);
    }

    private void takeMetrics(HttpExchange exchange) throws IOException {
        try (InputStream body = body(exchange)) {
            ExportMetricsServiceRequest.parseFrom(body)
                    .getResourceMetricsList()
                    .forEach(resource -> resource.getScopeMetricsList()
                            .forEach(scope ->
                                    scope.getMetricsList().forEach(metric -> metrics.put(metric.getName(), metric))));
        }
        accept(exchange);
    }

    private void takeSpans(HttpExchange exchange) throws IOException {
        try (InputStream body = body(exchange)) {
            ExportTraceServiceRequest.parseFrom(body)
                    .getResourceSpansList()
                    .forEach(resource ->
                            resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList())));
        }
        accept(exchange);
    }

    private static InputStream body(HttpExchange exchange) throws IOException {
        boolean isCompressed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return isCompressed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
    }

    private static void accept(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
