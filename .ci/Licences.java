import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Prints the page of licences from a bill of materials in CycloneDX's XML: {@code java .ci/Licences.java bom.xml}. */
final class Licences {

    private Licences() {}

    private static String first(Element in, String... names) {
        for (String name : names) {
            NodeList found = in.getElementsByTagName(name);
            if (found.getLength() > 0) {
                return found.item(0).getTextContent().strip();
            }
        }
        throw new IllegalStateException("no " + String.join(" or ", names) + " in " + in.getAttribute("bom-ref"));
    }

    public static void main(String... arguments) throws Exception {
        Element bill = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of(arguments[0]).toFile())
                .getDocumentElement();
        NodeList all = ((Element) bill.getElementsByTagName("components").item(bill.getElementsByTagName("components").getLength() - 1))
                .getElementsByTagName("component");
        System.out.print("""
                # Licences

                The library is under the [Apache License 2.0](../../LICENSE), which its jar has as `META-INF/LICENSE`. This page lists
                what an application gets besides it. `.ci/licences` writes the page from the bill of materials (CycloneDX) of a
                release, which has hashes, too.

                | component | version | licence |
                |---|---|---|
                """);
        IntStream.range(0, all.getLength())
                .mapToObj(i -> (Element) all.item(i))
                .map(component -> "| `" + first(component, "group") + ":" + first(component, "name") + "` | "
                        + first(component, "version") + " | "
                        + first((Element) component.getElementsByTagName("licenses").item(0), "id", "name") + " |")
                .sorted()
                .forEach(System.out::println);
        System.out.println("""

                Everything else that the library is compiled against is an API that the server or the application provides (Jakarta EE,
                MicroProfile, OpenTelemetry, Micrometer), or annotations that only a compiler reads. Nothing of others is copied into the
                jar. What Jedis and Caffeine would bring along besides is excluded, because this library never uses it: the connection
                pool, Gson, org.json, SLF4J, token logins, and annotations for compilers.""");
    }
}
