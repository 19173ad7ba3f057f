package dev.remora.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.github.luben.zstd.util.ZstdVersion;
import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The versions that README.md and SECURITY.md name are those of this build. */
final class VersionsTest {
  private static final Pattern NAMED = Pattern.compile("`([a-z_-]+)` ([0-9][^ ,;|]*)");
  private static final String NETTY = "/META-INF/io.grpc.netty.shaded.io.netty.versions.properties";
  private static final String RUST = "/native/lib/linux-x86_64/cpu/libtokenizers.so";

  private static boolean isOnTheClassPath(String jar) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .anyMatch(entry -> Path.of(entry).endsWith(jar));
  }

  /** What a row of SECURITY.md names after its first cell, with the version of each. */
  private static Map<String, String> inside(String jar) throws Exception {
    String row =
        Files.readAllLines(Path.of("../SECURITY.md")).stream()
            .filter(line -> line.startsWith("| `" + jar + "` "))
            .findFirst()
            .orElseThrow();
    Matcher named = NAMED.matcher(row);
    assertTrue(named.find(), row);
    assertTrue(isOnTheClassPath(jar + "-" + named.group(2) + ".jar"), named.group());
    Map<String, String> versions = new TreeMap<>();
    while (named.find()) {
      versions.put(named.group(1), named.group(2));
    }
    return versions;
  }

  private static InputStream resource(Class<?> owner, String name) {
    InputStream content = owner.getResourceAsStream(name);
    assertTrue(content != null, name);
    return content;
  }

  @Test
  void readme_namesTheTransportOfThisBuild() throws Exception {
    Matcher transport =
        Pattern.compile("<artifactId>grpc-netty-shaded</artifactId>\\s*<version>(.*)</version>")
            .matcher(Files.readString(Path.of("../README.md")));
    assertTrue(transport.find());
    String version = transport.group(1);
    assertTrue(isOnTheClassPath("grpc-netty-shaded-" + version + ".jar"), version);
  }

  @Test
  void nettyInsideTheTransport_isTheOneNamed() throws Exception {
    Properties versions = new Properties();
    try (InputStream content = resource(VersionsTest.class, NETTY)) {
      versions.load(content);
    }
    assertEquals(
        versions.getProperty("netty-common.version"), inside("grpc-netty-shaded").get("netty"));
  }

  @Test
  void cratesInsideTokenizers_areThoseNamed() throws Exception {
    String library;
    try (InputStream content = resource(TokenizersLibrary.class, RUST)) {
      library = new String(content.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
    Map<String, String> crates = inside("tokenizers");
    assertEquals("0.21.4", crates.get("tokenizers"));
    crates.forEach(
        (name, version) -> assertTrue(library.contains(name + "-" + version + "/"), name));
  }

  @Test
  void zstdInsideItsJar_isTheOneNamed() throws Exception {
    String version = inside("zstd-jni").get("zstd");
    assertTrue(ZstdVersion.VERSION.startsWith(version + "-"), ZstdVersion.VERSION);
  }
}
