package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.remora.forms.TinyTokenizers;
import dev.remora.remote.archive.Deployment;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that a server deploys again and again, with all jars in its class loader. */
class RedeploymentTest {
  @TempDir private Path folder;

  @Test
  void thirtyDeployments_loadAndLeaveNothing() throws Exception {
    Path directory = Files.createDirectory(folder.resolve("bundle"));
    Files.write(directory.resolve("tokenizer.json"), TinyTokenizers.byteLevel());
    ChildJvm.Result result =
        new ChildJvm(folder).run(Server.class, directory.toString(), Integer.toString(30));
    assertEquals(
        "30 x [8, 3, 6, 7] <s>hello world; alive: 0; threads: []\n",
        result.output(),
        result.errors());
  }

  /** Deploys, one after the other, and prints what they gave and what is left of them. */
  static final class Server {
    private Server() {}

    /** Arguments: the directory of a bundle, and how many deployments. */
    public static void main(String[] arguments) throws Exception {
      Path directory = Path.of(arguments[0]);
      int count = Integer.parseInt(arguments[1]);
      Set<String> threadsBefore = threads();
      Set<String> results = new TreeSet<>();
      List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
      for (int deployment = 0; deployment < count; deployment++) {
        results.add(deploy(directory, loaders));
      }
      Set<String> threads = threads(); // that of a forked process stays for a minute
      threads.removeAll(threadsBefore);
      System.out.printf(
          "%d x %s; alive: %d; threads: %s%n",
          count, String.join(" or ", results), alive(loaders), threads);
    }

    private static Set<String> threads() {
      return Thread.getAllStackTraces().keySet().stream()
          .map(Thread::getName)
          .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String deploy(Path directory, List<WeakReference<ClassLoader>> loaders)
        throws Exception {
      List<URL> urls = new ArrayList<>();
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        urls.add(Path.of(entry).toUri().toURL());
      }
      ClassLoader server = ClassLoader.getPlatformClassLoader();
      try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), server)) {
        loaders.add(new WeakReference<>(loader));
        Thread.currentThread().setContextClassLoader(loader); // as servers do
        @SuppressWarnings("unchecked") // the class is Deployment, of another loader
        Function<Path, String> application =
            (Function<Path, String>)
                loader.loadClass(Deployment.class.getName()).getConstructor().newInstance();
        return application.apply(directory);
      } finally {
        Thread.currentThread().setContextClassLoader(server);
      }
    }

    private static long alive(List<WeakReference<ClassLoader>> loaders)
        throws InterruptedException {
      Instant end = Instant.now().plus(Duration.ofSeconds(60));
      loaders.removeIf(loader -> loader.refersTo(null));
      while (!loaders.isEmpty() && Instant.now().isBefore(end)) {
        System.gc();
        Thread.sleep(10);
        loaders.removeIf(loader -> loader.refersTo(null));
      }
      return loaders.size();
    }
  }
}
