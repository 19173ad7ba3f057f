import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Reads a folder that {@code mvn -Prelease deploy} wrote as a public repository would, and names
 * all that it would refuse: {@code java .ci/CheckRelease.java FOLDER}. Ends with 1 if there is any.
 */
public final class CheckRelease {
  private static final Map<String, String> HASHES = Map.of("md5", "MD5", "sha1", "SHA-1");

  private final List<String> problems = new ArrayList<>();
  private final Set<String> libraries = new TreeSet<>();
  private final Set<String> managed = new TreeSet<>();
  private final Map<String, Path> needed = new TreeMap<>();
  private int artifacts;

  public static void main(String[] arguments) throws Exception {
    CheckRelease check = new CheckRelease();
    try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
      for (Path pom : files.filter(file -> file.toString().endsWith(".pom")).sorted().toList()) {
        check.artifact(pom);
      }
    }
    if (check.artifacts == 0) {
      check.problems.add("no artifact in " + arguments[0]);
    }
    check.together();
    check.problems.forEach(System.err::println);
    System.out.println(check.artifacts + " artifacts, " + check.problems.size() + " problems");
    System.exit(check.problems.isEmpty() ? 0 : 1);
  }

  private void artifact(Path pom) throws Exception {
    artifacts++;
    Element project =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(pom.toFile())
            .getDocumentElement();
    String version = text(pom, project, "version");
    require(!version.endsWith("-SNAPSHOT"), pom, "the version is a snapshot: " + version);
    text(pom, project, "groupId");
    text(pom, project, "name");
    text(pom, project, "description");
    text(pom, project, "url");
    text(pom, project, "licenses", "license", "name");
    text(pom, project, "licenses", "license", "url");
    text(pom, project, "developers", "developer", "name");
    text(pom, project, "developers", "developer", "email");
    text(pom, project, "scm", "connection");
    text(pom, project, "scm", "developerConnection");
    text(pom, project, "scm", "url");
    String whole = Files.readString(pom);
    require(!whole.contains("${"), pom, "a property is left");
    require(!whole.contains("placeholder"), pom, "a placeholder is left");
    require(!whole.contains("remora.example"), pom, "a placeholder of an address is left");
    complete(pom);
    managed.addAll(own(child(project, "dependencyManagement")));
    own(project).forEach(name -> needed.put(name, pom));
    Element packaging = child(project, "packaging");
    if (packaging == null || packaging.getTextContent().strip().equals("jar")) {
      String base = pom.toString().substring(0, pom.toString().length() - ".pom".length());
      jar(Path.of(base + ".jar"), version);
      present(Path.of(base + "-sources.jar"), "META-INF/LICENSE");
      present(Path.of(base + "-javadoc.jar"), "META-INF/LICENSE");
      present(Path.of(base + "-javadoc.jar"), "index.html");
      libraries.add(text(pom, project, "artifactId"));
    }
  }

  /** The names of this project's own artifacts among the dependencies that an element has. */
  private static Set<String> own(Element of) {
    Set<String> names = new TreeSet<>();
    Element dependencies = of == null ? null : child(of, "dependencies");
    NodeList all = dependencies == null ? null : dependencies.getElementsByTagName("dependency");
    for (int index = 0; all != null && index < all.getLength(); index++) {
      Element dependency = (Element) all.item(index);
      if (child(dependency, "groupId").getTextContent().strip().equals("dev.remora")) {
        names.add(child(dependency, "artifactId").getTextContent().strip());
      }
    }
    return names;
  }

  /** What only all of them tell: the BOM names each library, and none needs what is not there. */
  private void together() {
    if (!libraries.equals(managed)) {
      problems.add("the libraries are " + libraries + ", and the BOM names " + managed);
    }
    needed.forEach(
        (name, pom) -> require(libraries.contains(name), pom, "needs " + name + ", not there"));
  }

  private void jar(Path jar, String version) throws Exception {
    if (present(jar, "META-INF/LICENSE")) {
      try (JarFile file = new JarFile(jar.toFile())) {
        String written = file.getManifest().getMainAttributes().getValue("Implementation-Version");
        require(version.equals(written), jar, "Implementation-Version is " + written);
      }
    }
  }

  /** Whether a jar is there with an entry; it must be complete too. */
  private boolean present(Path jar, String entry) throws Exception {
    if (!Files.exists(jar)) {
      problems.add(jar + ": missing");
      return false;
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      require(file.getEntry(entry) != null, jar, "has no " + entry);
    }
    complete(jar);
    return true;
  }

  /** A file needs a signature and hashes that are true. */
  private void complete(Path file) throws Exception {
    Path signature = Path.of(file + ".asc");
    boolean isSigned =
        Files.exists(signature) && Files.readString(signature).startsWith("-----BEGIN PGP SIGNATURE");
    require(isSigned, file, "no signature");
    for (Map.Entry<String, String> hash : HASHES.entrySet()) {
      Path written = Path.of(file + "." + hash.getKey());
      require(
          Files.exists(written) && Files.readString(written).strip().equals(hash(file, hash.getValue())),
          file,
          "no " + hash.getKey() + ", or another");
    }
  }

  private static String hash(Path file, String algorithm) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file)));
  }

  private String text(Path pom, Element project, String... path) {
    Element element = project;
    for (String name : path) {
      element = element == null ? null : child(element, name);
    }
    String text = element == null ? "" : element.getTextContent().strip();
    require(!text.isEmpty(), pom, "no " + String.join("/", path));
    return text;
  }

  private static Element child(Element parent, String name) {
    NodeList children = parent.getChildNodes();
    for (int index = 0; index < children.getLength(); index++) {
      Node node = children.item(index);
      if (node instanceof Element element && element.getTagName().equals(name)) {
        return element;
      }
    }
    return null;
  }

  private void require(boolean condition, Path file, String problem) {
    if (!condition) {
      problems.add(file + ": " + problem);
    }
  }
}
