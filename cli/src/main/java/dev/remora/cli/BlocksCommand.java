package dev.remora.cli;

import dev.remora.EncodeOptions;
import dev.remora.cli.source.Source;
import dev.remora.cli.text.AddedSpecialTokens;
import dev.remora.cli.text.Texts;
import dev.remora.cli.verb.Json;
import dev.remora.cli.verb.Verb;
import dev.remora.routing.BlockHashing;
import dev.remora.routing.LlmdBlockHashing;
import dev.remora.routing.PromptContext;
import dev.remora.routing.SglangBlockHashing;
import dev.remora.routing.VllmBlockHashing;
import dev.remora.routing.Xxh3BlockHashing;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Text to the blocks of its ids, and the names that engines have for them. */
@Command(
    name = "blocks",
    mixinStandardHelpOptions = true,
    description =
        "Print the blocks of each text's ids and their hashes, as the events of an engine carry"
            + " them: signed numbers of 64 bits. Only whole blocks have a hash.")
final class BlocksCommand extends Verb {
  @Mixin private Source source;

  @Option(
      names = "--kind",
      required = true,
      paramLabel = "KIND",
      converter = KindConverter.class,
      description =
          "vllm (sha256_cbor), sglang, xxh3-local, xxh3-rolling or llm-d; may be given several"
              + " times.")
  private List<Kind> kinds;

  @Option(
      names = "--block-size",
      required = true,
      paramLabel = "IDS",
      description = "The ids in a block: --block-size of vLLM, --page-size of SGLang.")
  private int blockSize;

  @Option(
      names = "--seed",
      paramLabel = "TEXT",
      description =
          "The worker's PYTHONHASHSEED, without which vLLM's hashes are of no use to"
              + " others; or llm-d's hash seed.")
  private @Nullable String seed;

  @Option(names = "--model", paramLabel = "NAME", description = "The model's name, for llm-d.")
  private @Nullable String model;

  @Option(names = "--lora", paramLabel = "NAME", description = "The name of a LoRA adapter.")
  private @Nullable String lora;

  @Option(names = "--salt", paramLabel = "TEXT", description = "The request's cache salt.")
  private @Nullable String salt;

  @Mixin private AddedSpecialTokens specialTokens;

  @Mixin private Texts texts;

  /** The hashes that a worker or a router may name blocks by. */
  enum Kind {
    VLLM,
    SGLANG,
    XXH3_LOCAL,
    XXH3_ROLLING,
    LLM_D;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Kinds by their words. */
  static final class KindConverter implements ITypeConverter<Kind> {
    @Override
    public Kind convert(String word) {
      return Arrays.stream(Kind.values())
          .filter(kind -> kind.word().equals(word))
          .findFirst()
          .orElseThrow(() -> new TypeConversionException("'" + word + "' is not a kind of hash"));
    }
  }

  @Override
  public Integer call() {
    EncodeOptions options = specialTokens.options();
    Map<Kind, BlockHashing> hashings = new LinkedHashMap<>();
    PromptContext context;
    try {
      context = context();
      kinds.forEach(kind -> hashings.put(kind, hashing(kind)));
      hashings.values().forEach(hashing -> hashing.chain(context)); // refuses what it cannot hash
    } catch (IllegalArgumentException e) {
      throw wrongUsage(Objects.requireNonNull(e.getMessage()));
    }
    return source.use(
        this,
        tokenizer -> {
          texts.forEach(
              this,
              text -> {
                int[] ids = tokenizer.encode(text, options).ids();
                hashings.forEach((kind, hashing) -> print(kind, ids, hashing.hashes(ids, context)));
              });
          out().flush();
          return 0;
        });
  }

  private PromptContext context() {
    PromptContext.Builder context = PromptContext.builder();
    if (lora != null) {
      context.loraName(lora);
    }
    if (salt != null) {
      context.cacheSalt(salt);
    }
    return context.build();
  }

  private BlockHashing hashing(Kind kind) {
    return switch (kind) {
      case VLLM -> {
        VllmBlockHashing.Builder vllm = VllmBlockHashing.builder().blockSize(blockSize);
        yield (seed == null ? vllm : vllm.seed(seed)).build();
      }
      case SGLANG -> SglangBlockHashing.builder().pageSize(blockSize).build();
      case XXH3_LOCAL -> Xxh3BlockHashing.local(blockSize);
      case XXH3_ROLLING -> Xxh3BlockHashing.rolling(blockSize);
      case LLM_D -> {
        LlmdBlockHashing.Builder llmd = LlmdBlockHashing.builder().blockSize(blockSize);
        if (seed != null) {
          llmd.seed(seed);
        }
        yield (model == null ? llmd : llmd.model(model)).build();
      }
    };
  }

  private void print(Kind kind, int[] ids, long[] hashes) {
    if (json()) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("kind", kind.word());
      facts.put("blockSize", blockSize);
      facts.put("ids", ids.length);
      facts.put("hashes", Arrays.stream(hashes).mapToObj(Long::toString).toList());
      out().println(Json.write(facts));
      return;
    }
    for (int block = 0; block < hashes.length; block++) {
      int from = block * blockSize;
      out()
          .printf(
              Locale.ROOT,
              "%s\t%d\t%d-%d\t%d%n",
              kind.word(),
              block,
              from,
              from + blockSize - 1,
              hashes[block]);
    }
  }
}
