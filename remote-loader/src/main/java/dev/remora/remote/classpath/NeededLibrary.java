package dev.remora.remote.classpath;

import java.net.URL;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A library that an application may bring in a version that does not work, or leave out. Each knows
 * what the load needs of it, so that a {@link LinkageError} can be said in words.
 */
public enum NeededLibrary {
  /** Only for bundles that are compressed by zstd. */
  ZSTD(
      "zstd-jni",
      "com.github.luben.zstd.",
      "com/github/luben/zstd/Zstd.class",
      "zstd needs com.github.luben:zstd-jni 1.5.0 or newer, and zip, tar and tar.gz do not"),
  /** The messages of GetTokenizer. */
  PROTOBUF(
      "protobuf-java",
      "com.google.protobuf.",
      "com/google/protobuf/CodedInputStream.class",
      "gRPC needs com.google.protobuf:protobuf-java 3.23.4 or newer; where the JVM runs with"
          + " --sun-misc-unsafe-memory-access=deny, take 4.36.2 or newer, or allow the access"),
  /** The calls. */
  GRPC(
      "grpc-api",
      "io.grpc.",
      "io/grpc/Channel.class",
      "a load needs io.grpc:grpc-api, grpc-stub and a transport of one version, 1.59.1 or newer"),
  /** What DJL's jar and gRPC's service configuration read JSON with. */
  GSON(
      "gson",
      "com.google.gson.",
      "com/google/gson/Gson.class",
      "gRPC and DJL need com.google.code.gson:gson 2.8.9 or newer"),
  /** The engine that is called djl. */
  DJL(
      "DJL",
      "ai.djl.",
      "ai/djl/huggingface/tokenizers/jni/TokenizersLibrary.class",
      "the engine djl needs ai.djl.huggingface:tokenizers and ai.djl:api of one version");

  /** Causes may form a ring. */
  private static final int MAX_CAUSES = 10;

  private final String name;
  private final String prefix;
  private final String resource;
  private final String need;

  NeededLibrary(String name, String prefix, String resource, String need) {
    this.name = name;
    this.prefix = prefix;
    this.resource = resource;
    this.need = need;
  }

  /**
   * The library that an error of the linker is about: the one that its message names, else the one
   * whose code threw it. None where something else was thrown.
   */
  public static Optional<NeededLibrary> behind(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++, cause = cause.getCause()) {
      if (cause instanceof LinkageError error) {
        Optional<NeededLibrary> named = namedBy(error).or(() -> thatThrew(error));
        if (named.isPresent()) {
          return named;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<NeededLibrary> namedBy(LinkageError error) {
    String message = String.valueOf(error.getMessage()).replace('/', '.');
    return first(library -> message.contains(library.prefix));
  }

  private static Optional<NeededLibrary> thatThrew(LinkageError error) {
    StackTraceElement[] trace = error.getStackTrace();
    return trace.length == 0
        ? Optional.empty()
        : first(library -> trace[0].getClassName().startsWith(library.prefix));
  }

  private static Optional<NeededLibrary> first(Predicate<NeededLibrary> condition) {
    return Arrays.stream(values()).filter(condition).findFirst();
  }

  /** A class of it, by which its jar is found. */
  String resource() {
    return resource;
  }

  /** What was found of the library, and what is needed instead. */
  public String problem() {
    URL found = NeededLibrary.class.getResource("/" + resource);
    String what =
        found == null ? name + " is missing" : "this " + name + " cannot be used: " + found;
    return what + "; " + need;
  }
}
