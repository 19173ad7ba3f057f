package dev.remora.server;

import dev.remora.bundle.BundleDialect;
import dev.remora.bundle.BundleFormat;
import dev.remora.proto.WorkerService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds and starts a {@link TokenizerServer}. Not thread-safe. */
public final class TokenizerServerBuilder {
  private static final Instant ZIP_EPOCH = Instant.parse("1980-01-01T00:00:00Z");

  private final @Nullable TokenizerFiles files;
  private final byte @Nullable [] archive;
  private final Set<String> services = new LinkedHashSet<>();
  private final List<Fault> faults = new ArrayList<>();
  private @Nullable ModelInfo modelInfo;
  private @Nullable GenerateScript generate;
  private @Nullable KvEventFeed kvEvents;
  private BundleDialect dialect = BundleDialect.DESCRIBED;
  private BundleFormat format = BundleFormat.ZIP;
  private FileCompression fileCompression = FileCompression.NONE;
  private int chunkSize;
  private String modelIdentifier = "";
  private Instant modified = ZIP_EPOCH;
  private String host = "localhost";
  private int port;

  /** Exactly one of the two is given. */
  TokenizerServerBuilder(@Nullable TokenizerFiles files, byte @Nullable [] archive) {
    this.files = files;
    this.archive = archive;
  }

  /** The dialect; default {@link BundleDialect#DESCRIBED}. */
  public TokenizerServerBuilder dialect(BundleDialect dialect) {
    this.dialect = Objects.requireNonNull(dialect);
    return this;
  }

  /** How the files travel; default {@link BundleFormat#ZIP}. */
  public TokenizerServerBuilder format(BundleFormat format) {
    this.format = Objects.requireNonNull(format);
    return this;
  }

  /**
   * How each file is compressed with {@link BundleFormat#FILES}; default {@link
   * FileCompression#NONE}.
   */
  public TokenizerServerBuilder fileCompression(FileCompression compression) {
    this.fileCompression = Objects.requireNonNull(compression);
    return this;
  }

  /**
   * Bytes of data in one message, the last one of an archive or file excepted; default 2 MiB for
   * the described dialect, 64 KiB for the bare one. A client takes messages of more than 4 MiB only
   * where its call options say so.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public TokenizerServerBuilder chunkSize(int bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("chunk size " + bytes);
    }
    this.chunkSize = bytes;
    return this;
  }

  /** Adds a service whose GetTokenizer is served; default {@link WorkerService#SGLANG} alone. */
  public TokenizerServerBuilder service(WorkerService service) {
    return service(service.fullName());
  }

  /** Adds a service by its full name, such as {@code vllm.grpc.engine.VllmEngine}. */
  public TokenizerServerBuilder service(String fullName) {
    services.add(Objects.requireNonNull(fullName));
    return this;
  }

  /** The model's name in the metadata of {@link BundleDialect#DESCRIBED}; default empty. */
  public TokenizerServerBuilder modelIdentifier(String identifier) {
    this.modelIdentifier = Objects.requireNonNull(identifier);
    return this;
  }

  /**
   * The time of the files in an archive, to the precision that its format has; default
   * 1980-01-01T00:00:00Z. Two servers of equal files and equal times send equal bytes; with other
   * times, other bytes and another fingerprint, as workers do (rule C6).
   */
  public TokenizerServerBuilder modified(Instant time) {
    this.modified = Objects.requireNonNull(time);
    return this;
  }

  /**
   * What the services of the known engines answer to GetModelInfo; default none: they answer
   * UNIMPLEMENTED.
   */
  public TokenizerServerBuilder modelInfo(ModelInfo info) {
    this.modelInfo = Objects.requireNonNull(info);
    return this;
  }

  /**
   * What SGLang's service answers to Generate, with Abort; default none: it answers UNIMPLEMENTED.
   * Faults leave it alone.
   */
  public TokenizerServerBuilder generate(GenerateScript script) {
    this.generate = Objects.requireNonNull(script);
    return this;
  }

  /**
   * What SubscribeKvEvents of every service tells; default none: it answers UNIMPLEMENTED. Faults
   * leave it alone: the feed has its own.
   */
  public TokenizerServerBuilder kvEvents(KvEventFeed feed) {
    this.kvEvents = Objects.requireNonNull(feed);
    return this;
  }

  /** Adds a fault; default none. {@link Fault} says in which order several of them work. */
  public TokenizerServerBuilder fault(Fault fault) {
    faults.add(Objects.requireNonNull(fault));
    return this;
  }

  /**
   * The name or address to listen on; default {@code localhost}, which other machines cannot reach.
   */
  public TokenizerServerBuilder host(String host) {
    this.host = Objects.requireNonNull(host);
    return this;
  }

  /** The port to listen on; default 0, which takes any free one. */
  public TokenizerServerBuilder port(int port) {
    this.port = port;
    return this;
  }

  /**
   * Makes the bundle and starts to serve it.
   *
   * @throws IllegalArgumentException if the choices contradict each other: {@link
   *     BundleFormat#FILES} with {@link BundleDialect#BARE} or with a ready-made archive, a file
   *     compression without FILES, a fault that this dialect, format or bundle cannot show
   * @throws IOException if it cannot listen on the port
   */
  public TokenizerServer start() throws IOException {
    refuseContradictions();
    Wire wire = dialect == BundleDialect.BARE ? new BareWire() : new DescribedWire(modelIdentifier);
    int size = chunkSize == 0 ? defaultChunkSize(dialect) : chunkSize;
    Script script = new Script(wire, payload(), size, faults);
    return new TokenizerServer(
        new InetSocketAddress(host, port),
        new Served(services(), script, modelInfo, generate, kvEvents));
  }

  private void refuseContradictions() {
    if (format == BundleFormat.FILES && dialect == BundleDialect.BARE) {
      throw new IllegalArgumentException("the bare dialect carries an archive, not files");
    }
    if (format == BundleFormat.FILES && archive != null) {
      throw new IllegalArgumentException("a ready-made archive is not sent as files");
    }
    if (format != BundleFormat.FILES && fileCompression != FileCompression.NONE) {
      throw new IllegalArgumentException("files are compressed one by one only in format files");
    }
    if (generate != null && !services().contains(WorkerService.SGLANG.fullName())) {
      throw new IllegalArgumentException("Generate is served by SGLang's service only");
    }
    faults.forEach(fault -> Requirement.check(fault, dialect, format));
  }

  private List<String> services() {
    return services.isEmpty() ? List.of(WorkerService.SGLANG.fullName()) : List.copyOf(services);
  }

  private Payload payload() {
    if (files == null) {
      return Payload.ofArchive(format, List.of(), Objects.requireNonNull(archive));
    }
    return format == BundleFormat.FILES
        ? Payload.ofFiles(files, fileCompression)
        : Payload.ofArchive(format, files.names(), Archives.write(format, files, modified));
  }

  /** What public workers send in one message. */
  private static int defaultChunkSize(BundleDialect dialect) {
    return switch (dialect) {
      case DESCRIBED -> 2 << 20;
      case BARE -> 64 << 10;
    };
  }
}
