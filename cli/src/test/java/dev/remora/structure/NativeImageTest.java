package dev.remora.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a native image cannot see by itself is in the libraries' reachability metadata, and there is
 * nothing else: no reflection, and no resource that is not listed. As far as a JVM can tell.
 */
final class NativeImageTest {
  /** All that loads with the engine in plain Java; DJL's is native code with classes of its own. */
  private static final Set<String> MODULES =
      Set.of(
          "proto",
          "tokenizer-api",
          "tokenizer-core",
          "bundle-forms",
          "java-backend",
          "remote-loader",
          "jinja",
          "chat-template",
          "prefix-routing",
          "sglang-client");

  private static final String METADATA =
      "META-INF/native-image/dev.remora/remora-%s/reachability-metadata.json";

  private static final Set<String> REFLECTIVE_METHODS_OF_CLASS =
      Set.of(
          "forName",
          "getConstructor",
          "getConstructors",
          "getDeclaredConstructor",
          "getDeclaredConstructors",
          "getDeclaredField",
          "getDeclaredFields",
          "getDeclaredMethod",
          "getDeclaredMethods",
          "getField",
          "getFields",
          "getMethod",
          "getMethods",
          "getRecordComponents",
          "newInstance");

  private static Stream<JavaClass> classes() {
    return StructureTest.CLASSES.stream()
        .filter(type -> MODULES.contains(StructureTest.module(type)));
  }

  /** Those of a class's calls, and references to methods, that are to some target. */
  private static Set<String> calls(Predicate<CodeUnitAccessTarget> to) {
    Set<String> found = new TreeSet<>();
    classes()
        .forEach(
            type ->
                Stream.<JavaCodeUnitAccess<?>>concat(
                        type.getCodeUnitCallsFromSelf().stream(),
                        type.getCodeUnitReferencesFromSelf().stream())
                    .filter(call -> to.test(call.getTarget()))
                    .forEach(call -> found.add(type.getName() + " " + call.getTarget().getName())));
    return found;
  }

  private static boolean isReflection(CodeUnitAccessTarget target) {
    String owner = target.getOwner().getName();
    String name = target.getName();
    return switch (owner) {
      case "java.lang.Class" -> REFLECTIVE_METHODS_OF_CLASS.contains(name);
      case "java.lang.ClassLoader" -> name.equals("loadClass") || name.equals("defineClass");
      case "java.lang.System", "java.lang.Runtime" -> name.startsWith("load");
      case "java.lang.invoke.MethodHandles$Lookup" -> true;
      default -> owner.startsWith("java.lang.reflect.");
    };
  }

  @Test
  void code_usesNoReflectionAndLoadsNoNativeCode() {
    Set<String> found = calls(NativeImageTest::isReflection);
    found.removeIf(call -> call.startsWith("dev.remora.chat.OrderedValues ")); // users' records
    assertEquals(Set.of(), found);
  }

  @Test
  void code_asksForResources_whereTheyAreListed() {
    Set<String> asking =
        calls(target -> target.getName().startsWith("getResource")).stream()
            .map(call -> call.substring(call.lastIndexOf('.') + 1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        Set.of(
            "UnicodeTables getResourceAsStream", // java-backend's tables
            "ReplyFamilies getResourceAsStream", // chat-template's families
            "NeededLibrary getResource"), // which jar a class is from
        asking);
  }

  @Test
  void resources_areAllListed_andAllThere() throws Exception {
    Map<String, Set<String>> unlisted = new TreeMap<>();
    for (Map.Entry<String, Set<String>> module : resources().entrySet()) {
      Set<String> resources = new TreeSet<>(module.getValue());
      for (String glob : listed(module.getKey())) {
        Pattern pattern = Pattern.compile(glob.replace(".", "\\.").replace("*", "[^/]*"));
        Set<String> matched =
            resources.stream().filter(pattern.asMatchPredicate()).collect(Collectors.toSet());
        boolean isThere =
            !matched.isEmpty() || NativeImageTest.class.getResource("/" + glob) != null;
        assertTrue(isThere, () -> module.getKey() + " has no " + glob);
        resources.removeAll(matched);
      }
      if (!resources.isEmpty()) {
        unlisted.put(module.getKey(), resources);
      }
    }
    assertEquals(Map.of(), unlisted);
  }

  private static Set<String> listed(String module) throws IOException {
    Set<String> globs = new TreeSet<>();
    try (InputStream file =
        NativeImageTest.class.getResourceAsStream("/" + METADATA.formatted(module))) {
      if (file != null) {
        JsonObject metadata =
            JsonParser.parseString(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                .getAsJsonObject();
        for (JsonElement resource : metadata.getAsJsonArray("resources")) {
          globs.add(resource.getAsJsonObject().get("glob").getAsString());
        }
      }
    }
    return globs;
  }

  /** What the modules hold beside classes; services a native image finds by itself. */
  private static Map<String, Set<String>> resources() throws Exception {
    Map<String, Set<String>> resources = new HashMap<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Matcher home = StructureTest.HOME.matcher(entry.endsWith(".jar") ? entry : entry + "/");
      if (home.find() && MODULES.contains(home.group(1)) && !entry.contains("-tests.jar")) {
        resources.put(home.group(1), files(Path.of(entry)));
      }
    }
    assertEquals(MODULES, resources.keySet());
    return resources;
  }

  private static Set<String> files(Path home) throws Exception {
    if (Files.isDirectory(home)) {
      return filesBelow(home);
    }
    try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + home.toUri()), Map.of())) {
      return filesBelow(jar.getPath("/"));
    }
  }

  private static Set<String> filesBelow(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .filter(name -> !name.endsWith(".class") && !name.startsWith("META-INF/"))
          .collect(Collectors.toSet());
    }
  }
}
