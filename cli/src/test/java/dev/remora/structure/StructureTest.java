package dev.remora.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The house: which module may import which, rooms with one-way doors, and how large they are. */
final class StructureTest {
  private static final int MAX_FILES_IN_PACKAGE = 30;
  private static final int MAX_PUBLIC_TYPES = 96;

  /** The main classes of all modules: where a module's are compiled to, or its jar. */
  static final Pattern HOME = Pattern.compile("/([a-z0-9-]+)/target/(classes/|[^/]*\\.jar)");

  private static final Set<String> LIBRARIES_THAT_ALL_MAY_IMPORT = Set.of("tokenizer-api");

  /** What each module may import beside the API; those left out may import everything. */
  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("proto", Set.of()),
          Map.entry("jinja", Set.of()),
          Map.entry("tokenizer-api", Set.of()),
          Map.entry("tokenizer-core", Set.of()),
          Map.entry("bundle-forms", Set.of("tokenizer-core")),
          Map.entry("java-backend", Set.of("tokenizer-core")),
          Map.entry("djl-backend", Set.of("tokenizer-core")),
          Map.entry("remote-loader", Set.of("tokenizer-core", "bundle-forms", "proto")),
          Map.entry("chat-template", Set.of("tokenizer-core", "jinja")),
          Map.entry("prefix-routing", Set.of("tokenizer-core", "chat-template", "proto")),
          Map.entry("sglang-client", Set.of("proto")),
          Map.entry("micrometer", Set.of("remote-loader", "prefix-routing")),
          Map.entry("langchain4j", Set.of("chat-template")),
          Map.entry("spring-ai", Set.of()),
          Map.entry("spring-boot-starter", Set.of("remote-loader", "micrometer")),
          Map.entry("spark", Set.of("remote-loader")),
          Map.entry("flink", Set.of("remote-loader")),
          Map.entry("tokenizer-server", Set.of("proto")),
          Map.entry(
              "conformance",
              Set.of(
                  "tokenizer-core", "bundle-forms", "chat-template", "jinja", "prefix-routing")));

  /** The modules that know nothing of the rest. */
  private static final Set<String> ALONE = Set.of("proto", "jinja");

  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.remora");

  static String module(JavaClass type) {
    URI source = type.getSource().orElseThrow().getUri();
    Matcher home = HOME.matcher(source.toString());
    assertTrue(home.find(), () -> type.getName() + " is at home in " + source);
    return home.group(1);
  }

  @Test
  void classes_areThoseOfEveryModule() {
    Set<String> modules = new TreeSet<>();
    CLASSES.forEach(type -> modules.add(module(type)));
    assertTrue(modules.containsAll(MAY_IMPORT.keySet()), modules.toString());
  }

  @Test
  void modules_importOnlyWhatTheHouseAllows() {
    Set<String> broken = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      String from = module(type);
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith("dev.remora") && CLASSES.contain(target.getName())) {
          String to = module(CLASSES.get(target.getName()));
          if (!to.equals(from) && !mayImport(from, to)) {
            broken.add(
                type.getName() + " of " + from + " imports " + target.getName() + " of " + to);
          }
        }
      }
    }
    assertEquals(Set.of(), broken);
  }

  private static boolean mayImport(String from, String to) {
    Set<String> allowed = MAY_IMPORT.get(from);
    return allowed == null
        || allowed.contains(to)
        || (LIBRARIES_THAT_ALL_MAY_IMPORT.contains(to) && !ALONE.contains(from));
  }

  @Test
  void packages_haveNoCycle() {
    SlicesRuleDefinition.slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(type.getPackageName());
              }

              @Override
              public String getDescription() {
                return "packages";
              }
            })
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  @Test
  void packages_haveAtMostThirtyFiles() {
    Map<String, Integer> files = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      boolean isFile =
          type.isTopLevelClass()
              && !type.getSimpleName().equals("package-info")
              && !type.getPackageName().equals("dev.remora.proto")
              && !type.getPackageName().equals("dev.remora.forms.sentencepiece");
      if (isFile) {
        files.merge(type.getPackageName(), 1, Integer::sum);
      }
    }
    files.values().removeIf(count -> count <= MAX_FILES_IN_PACKAGE);
    assertEquals(Map.of(), files);
  }

  @Test
  void simpleNames_areThoseOfOneModule() {
    Map<String, Set<String>> modules = new HashMap<>();
    for (JavaClass type : CLASSES) {
      if (type.isTopLevelClass() && !type.getSimpleName().equals("package-info")) {
        modules.computeIfAbsent(type.getSimpleName(), name -> new TreeSet<>()).add(module(type));
      }
    }
    modules.values().removeIf(in -> in.size() == 1);
    assertEquals(Map.of(), modules);
  }

  /** Those that a user may name: public, and in a package that the module exports to all. */
  @Test
  void publicTypes_ofTheThreeModulesThatUsersName_areFew() {
    Set<String> exported = new TreeSet<>();
    for (String name : List.of("dev.remora.api", "dev.remora.remote", "dev.remora.chat")) {
      ModuleDescriptor descriptor =
          ModuleFinder.of(classPath()).find(name).orElseThrow().descriptor();
      for (ModuleDescriptor.Exports export : descriptor.exports()) {
        if (!export.isQualified()) {
          exported.add(export.source());
        }
      }
    }
    Set<String> types = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      if (exported.contains(type.getPackageName()) && isPublic(type)) {
        types.add(type.getName());
      }
    }
    assertTrue(types.size() <= MAX_PUBLIC_TYPES, () -> types.size() + ": " + types);
  }

  private static boolean isPublic(JavaClass type) {
    boolean isPublic = type.getModifiers().contains(JavaModifier.PUBLIC);
    return isPublic && type.getEnclosingClass().map(StructureTest::isPublic).orElse(true);
  }

  /** The elements of the class path that are Remora's: explicit modules, so no other is needed. */
  private static Path[] classPath() {
    List<Path> paths = new ArrayList<>();
    for (String element : System.getProperty("java.class.path").split(":", -1)) {
      boolean isOurs = HOME.matcher(element + "/").find() || HOME.matcher(element).find();
      if (isOurs && !element.contains("-tests.jar") && !element.contains("tokenizer-server")) {
        paths.add(Path.of(element));
      }
    }
    return paths.toArray(new Path[0]);
  }
}
