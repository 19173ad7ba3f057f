package dev.remora.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Tokenizer;
import dev.remora.conformance.PageExamples;
import dev.remora.forms.TinyTokenizers;
import dev.remora.remote.TokenizerRegistry;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Real applications, asked over HTTP, on whichever version of Boot is on the class path. */
@Timeout(120)
class StarterTest {
  private static final String TEMPLATE = "{% for m in messages %}{{ m.content }}{% endfor %}";

  @TempDir Path folder;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Plain {}

  private static TokenizerServer worker(String config) throws Exception {
    return TokenizerServer.builder(
            TokenizerFiles.of(
                Map.of(
                    "tokenizer.json",
                    TinyTokenizers.byteLevel(),
                    "config.json",
                    utf8(config),
                    "chat_template.jinja",
                    utf8(TEMPLATE))))
        .start();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ConfigurableApplicationContext run(
      Class<?> application, WebApplicationType type, String... properties) {
    SpringApplication spring = new SpringApplication(application);
    spring.setWebApplicationType(type);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--logging.level.root=off",
                "--server.shutdown=graceful",
                "--management.endpoints.web.exposure.include=*",
                "--management.endpoint.health.show-details=always"));
    for (String property : properties) {
      arguments.add("--" + property);
    }
    return spring.run(arguments.toArray(new String[0]));
  }

  private static String port(ConfigurableApplicationContext context) {
    return String.valueOf(context.getEnvironment().getProperty("local.server.port"));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> get(ConfigurableApplicationContext context, String path)
      throws Exception {
    return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port(context) + path)));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(20); // the test's own timeout ends it
    }
  }

  @Test
  void exampleOfTheReadme_answersOverHttpWithHealthInfoAndMetrics() throws Exception {
    Path readme = Path.of("../../README.md");
    String application = PageExamples.of(readme, "java spring-boot").get(0);
    assertTrue(application.lines().count() <= 60);
    String source =
        """
        package app;
        import dev.remora.*;
        import dev.remora.chat.*;
        import dev.remora.spring.*;
        import java.util.*;
        import org.springframework.boot.*;
        import org.springframework.boot.autoconfigure.*;
        import org.springframework.web.bind.annotation.*;
        %s
        """;
    Class<?> router = PageExamples.compile(folder, "app.Router", source.formatted(application));
    try (TokenizerServer worker = worker("{}")) {
      Path yaml = folder.resolve("application.yml");
      Files.writeString(
          yaml,
          PageExamples.of(readme, "yaml spring-boot")
              .get(0)
              .replace("localhost:50051", worker.target()));
      Thread.currentThread().setContextClassLoader(router.getClassLoader());
      try (ConfigurableApplicationContext context =
          run(router, WebApplicationType.SERVLET, "spring.config.location=" + yaml.toUri())) {
        HttpResponse<String> answer =
            send(
                HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port(context) + "/tokenize"))
                    .header("Content-Type", "application/json")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            "{\"model\": \"llama-3\", \"messages\":"
                                + " [{\"role\": \"user\", \"content\": \"hello world\"}]}")));
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("\"count\":3"), answer.body());

        HttpResponse<String> health = get(context, "/actuator/health");
        assertEquals(200, health.statusCode(), health.body());
        assertTrue(health.body().contains("\"llama-3\":\"loaded, FINGERPRINT\""), health.body());
        String info = get(context, "/actuator/info").body();
        try (Tokenizer lease = context.getBean(RemoraModels.class).acquire("llama-3")) {
          assertTrue(info.contains(lease.bundle().digest().toString()), info);
        }
        String loads = get(context, "/actuator/metrics/remora.load").body();
        assertTrue(loads.contains("\"statistic\":\"COUNT\",\"value\":1.0"), loads);
        String leases = get(context, "/actuator/metrics/remora.registry.leases").body();
        assertTrue(leases.contains("\"value\":0.0"), leases);
      } finally {
        Thread.currentThread().setContextClassLoader(StarterTest.class.getClassLoader());
      }
    }
  }

  @Test
  void workerThatIsNotUp_showsInHealthAndServesOnceItIs() throws Exception {
    int port;
    try (TokenizerServer worker = worker("{}")) {
      port = worker.port();
    }
    try (ConfigurableApplicationContext context =
        run(
            Plain.class,
            WebApplicationType.SERVLET,
            "remora.models.m.workers=localhost:" + port,
            "remora.max-attempts=1")) {
      RemoraModels models = context.getBean(RemoraModels.class);
      await(() -> models.failure("m") != null);
      HttpResponse<String> health = get(context, "/actuator/health");
      assertEquals(503, health.statusCode(), health.body());
      assertTrue(health.body().contains("\"m\":\"dev.remora.LoadException: "), health.body());

      TokenizerServer.builder(
              TokenizerFiles.of(Map.of("tokenizer.json", TinyTokenizers.byteLevel())))
          .port(port)
          .start();
      await(() -> models.bundle("m").isPresent());
      assertEquals(200, get(context, "/actuator/health").statusCode());
    }
  }

  @Test
  void directory_servesWhileNoWorkerDoes_andTheWorkerFromThenOn() throws Exception {
    Files.write(folder.resolve("tokenizer.json"), TinyTokenizers.byteLevel());
    try (TokenizerServer worker = worker("{}");
        ConfigurableApplicationContext context =
            run(
                Plain.class,
                WebApplicationType.NONE,
                "remora.models.local.directory=" + folder,
                "remora.models.both.workers=" + worker.target(),
                "remora.models.both.directory=" + folder,
                "remora.cache=" + folder.resolve("cache"))) {
      RemoraModels models = context.getBean(RemoraModels.class);
      assertEquals(List.of("both", "local"), List.copyOf(models.names()));
      try (Tokenizer local = models.acquire("local");
          Tokenizer both = models.acquire("both")) {
        assertEquals("NONE", local.bundle().proof().toString());
        assertEquals("FINGERPRINT", both.bundle().proof().toString());
      }
      assertTrue(Files.isDirectory(folder.resolve("cache")));
      assertThrows(IllegalArgumentException.class, () -> models.acquire("other"));
    }
  }

  @Test
  void refresh_takesUpWhatTheWorkerServesNow() throws Exception {
    TokenizerServer before = worker("{\"version\": 1}");
    int port = before.port();
    try (ConfigurableApplicationContext context =
        run(
            Plain.class,
            WebApplicationType.NONE,
            "remora.models.m.workers=localhost:" + port,
            "remora.refresh=100ms")) {
      RemoraModels models = context.getBean(RemoraModels.class);
      await(() -> models.bundle("m").isPresent());
      String first = models.bundle("m").orElseThrow().digest().toString();
      before.close();
      try (TokenizerServer after =
          TokenizerServer.builder(
                  TokenizerFiles.of(Map.of("tokenizer.json", TinyTokenizers.byteLevel())))
              .port(port)
              .start()) {
        await(() -> !models.bundle("m").orElseThrow().digest().toString().equals(first));
        assertEquals(port, after.port());
      }
      assertEquals(
          1.0, context.getBean(MeterRegistry.class).get("remora.registry.swaps").counter().count());
    }
  }

  @Test
  void stop_endsChannelsAndThreads_andLeavesLeases() throws Exception {
    try (TokenizerServer worker = worker("{}")) {
      ConfigurableApplicationContext context =
          run(
              OwnChannels.class,
              WebApplicationType.NONE,
              "remora.models.m.workers=" + worker.target());
      Tokenizer lease = context.getBean(RemoraModels.class).acquire("m");
      TokenizerRegistry registry = context.getBean(TokenizerRegistry.class);
      List<ManagedChannel> channels = context.getBean(OwnChannels.class).made;
      assertEquals(1, channels.size());
      context.close();
      assertTrue(channels.get(0).isTerminated());
      assertEquals(4, lease.count("hello world"));
      lease.close();
      assertEquals(0, registry.statistics().tokenizers());
      await(
          () ->
              Thread.getAllStackTraces().keySet().stream()
                  .noneMatch(thread -> thread.getName().equals("remora-refresh")));
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class OwnChannels {
    private final List<ManagedChannel> made = new ArrayList<>();

    @Bean
    RemoraChannels channels() {
      return address -> {
        ManagedChannel channel =
            Grpc.newChannelBuilder(address, InsecureChannelCredentials.create()).build();
        made.add(channel);
        return channel;
      };
    }
  }

  @Test
  void bundleOfTls_saysWhomToTrust() throws Exception {
    Path store = TlsInFront.keyStore(folder);
    try (TokenizerServer worker = worker("{}");
        TlsInFront front = new TlsInFront(store, worker.port())) {
      String trusted = "spring.ssl.bundle.jks.workers.truststore.";
      try (ConfigurableApplicationContext context =
          run(
              Plain.class,
              WebApplicationType.NONE,
              "remora.models.m.workers=localhost:" + front.port(),
              "remora.tls.bundle=workers",
              trusted + "location=" + store.toUri(),
              trusted + "password=" + TlsInFront.PASSWORD)) {
        try (Tokenizer tokenizer = context.getBean(RemoraModels.class).acquire("m")) {
          assertEquals(4, tokenizer.count("hello world"));
        }
      }
      try (ConfigurableApplicationContext context =
          run(
              Plain.class,
              WebApplicationType.NONE,
              "remora.models.m.workers=localhost:" + front.port(),
              "remora.tls.enabled=true",
              "remora.max-attempts=1")) {
        LoadException refused =
            assertThrows(
                LoadException.class, () -> context.getBean(RemoraModels.class).acquire("m"));
        assertEquals(LoadStatus.UNAVAILABLE, refused.status());
      }
    }
  }

  @Test
  void modelFromNowhere_andBundleOfTlsThatIsNotThere_areRefusedByName() {
    Exception nowhere =
        assertThrows(
            Exception.class,
            () -> run(Plain.class, WebApplicationType.NONE, "remora.models.m.fingerprint=00"));
    assertTrue(allMessages(nowhere).contains("remora.models.m must have workers"));
    Exception bundle =
        assertThrows(
            Exception.class,
            () -> run(Plain.class, WebApplicationType.NONE, "remora.tls.bundle=workers"));
    assertTrue(allMessages(bundle).contains("workers"), allMessages(bundle));
  }

  private static String allMessages(Throwable failure) {
    StringBuilder all = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      all.append(cause.getMessage()).append('\n');
    }
    return all.toString();
  }

  @Test
  void applicationWithoutMetrics_starts() {
    try (ConfigurableApplicationContext context =
        run(Plain.class, WebApplicationType.NONE, "management.metrics.enable.all=false")) {
      assertFalse(context.getBean(RemoraModels.class).names().contains("m"));
    }
  }

  @Test
  void version_isTheOneThatWasAskedFor() {
    String expected = System.getProperty("remora.boot", "");
    assertTrue(String.valueOf(SpringBootVersion.getVersion()).startsWith(expected));
  }
}
