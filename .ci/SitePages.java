import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lays out the pages of the site: {@code java .ci/SitePages.java TARGET}, in the repository's
 * folder. Links between pages lead to pages, headings get the names that links give them, and a
 * link to a source becomes its text. Ends with 1 where a link leads nowhere.
 */
public final class SitePages {
  private static final Pattern LINK = Pattern.compile("(!?)\\[([^\\]]*)\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^(#{1,6}) (.+)$");
  private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```$");

  /** Each page of the repository, and its name in the site. */
  private final Map<Path, String> pages = new LinkedHashMap<>();

  private final Map<String, Set<String>> anchors = new LinkedHashMap<>();
  private final Set<String> broken = new TreeSet<>();
  private final Path target;

  private SitePages(Path target) {
    this.target = target;
  }

  public static void main(String[] arguments) throws IOException {
    SitePages site = new SitePages(Path.of(arguments[0]));
    site.collect();
    for (Path page : site.pages.keySet()) {
      site.write(page);
    }
    site.broken.forEach(System.err::println);
    System.exit(site.broken.isEmpty() ? 0 : 1);
  }

  private void collect() throws IOException {
    pages.put(Path.of("README.md"), "index");
    pages.put(Path.of("examples", "README.md"), "examples");
    for (Path folder : new Path[] {Path.of("docs"), Path.of("")}) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(file -> file.toString().endsWith(".md"))
            .sorted()
            .forEach(file -> pages.putIfAbsent(file, name(file)));
      }
    }
    for (Map.Entry<Path, String> page : pages.entrySet()) {
      Set<String> names = new TreeSet<>();
      Matcher heading = HEADING.matcher(Files.readString(page.getKey()));
      while (heading.find()) {
        names.add(anchor(heading.group(2)));
      }
      anchors.put(page.getValue(), names);
    }
    Files.createDirectories(target.resolve("markdown"));
    Files.createDirectories(target.resolve("resources"));
    Files.writeString(target.resolve("site.xml"), Files.readString(Path.of("docs", "site.xml")));
  }

  private static String name(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ".md".length());
  }

  /** As a heading is named where the pages are read beside the sources. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }

  /** What stands in fences is left as it is. */
  private void write(Path page) throws IOException {
    String text = Files.readString(page);
    StringBuilder written = new StringBuilder();
    Matcher fence = FENCE.matcher(text);
    int from = 0;
    while (fence.find()) {
      written.append(prose(page, text.substring(from, fence.start()))).append(fence.group());
      from = fence.end();
    }
    written.append(prose(page, text.substring(from)));
    Files.writeString(target.resolve("markdown").resolve(pages.get(page) + ".md"), written);
  }

  private String prose(Path page, String text) throws IOException {
    String linked = replace(LINK, text, link -> link(page, link));
    return replace(
        HEADING,
        linked,
        heading ->
            heading.group(1)
                + " <a id=\""
                + anchor(heading.group(2))
                + "\"></a>"
                + heading.group(2));
  }

  private interface Replacement {
    String of(Matcher match) throws IOException;
  }

  private static String replace(Pattern pattern, String text, Replacement by) throws IOException {
    StringBuilder replaced = new StringBuilder();
    Matcher match = pattern.matcher(text);
    while (match.find()) {
      match.appendReplacement(replaced, Matcher.quoteReplacement(by.of(match)));
    }
    return match.appendTail(replaced).toString();
  }

  private String link(Path page, Matcher link) throws IOException {
    String address = link.group(3);
    if (address.contains(":")) {
      return link.group();
    }
    int hash = address.indexOf('#');
    String file = hash < 0 ? address : address.substring(0, hash);
    String place = hash < 0 ? "" : address.substring(hash + 1);
    Path folder = page.getParent() == null ? Path.of("") : page.getParent();
    Path to = file.isEmpty() ? page : folder.resolve(file).normalize();
    String name = pages.get(to);
    if (!Files.exists(to) || (name != null && hash >= 0 && !anchors.get(name).contains(place))) {
      broken.add(page + ": " + address + " leads nowhere");
    }
    if (!link.group(1).isEmpty()) {
      Path image = target.resolve("resources").resolve(to.getFileName());
      Files.write(image, Files.readAllBytes(to));
      return "![" + link.group(2) + "](" + to.getFileName() + ")";
    }
    return name == null
        ? link.group(2)
        : "[" + link.group(2) + "](" + name + ".html" + (hash < 0 ? "" : "#" + place) + ")";
  }
}
