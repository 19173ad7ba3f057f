package dev.remora.conformance;

import dev.remora.routing.BlockChain;
import dev.remora.routing.BlockHashing;
import dev.remora.routing.LlmdBlockHashing;
import dev.remora.routing.PromptContext;
import dev.remora.routing.SglangBlockHashing;
import dev.remora.routing.VllmBlockHashing;
import dev.remora.routing.Xxh3BlockHashing;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Hashes the blocks of golden cases and compares them with what engines published.
 *
 * <p>The cases are the member {@code vectors} of a JSON object, an array of objects: {@code name};
 * {@code algorithm}; {@code block_size}; {@code ids}, or {@code ids_rule}, such as {@code id[i] =
 * (i*2654435761) mod 2^18}, and their number {@code n}; {@code expected}, the hashes as decimal
 * strings: of all blocks, of the first ones, or with that of a shorter last one; and any of {@code
 * cache_salt}, {@code lora_name}, {@code hash_seed} and {@code model}.
 */
public final class HashConformance {
  private static final Pattern RULE =
      Pattern.compile("id\\[i] = \\(i\\*(\\d{1,10})\\) mod 2\\^(\\d{1,2})");

  private HashConformance() {}

  /**
   * Hashes the blocks of every case; reports the first difference of each failure.
   *
   * @param file the cases
   * @param out receives one line for each difference
   * @throws IOException if the file cannot be read
   * @throws com.google.gson.JsonParseException if it is not JSON
   */
  public static ConformanceResult run(Path file, Consumer<String> out) throws IOException {
    Tally tally = new Tally(out);
    for (Map<String, @Nullable Object> item : CaseFile.read(file, "vectors")) {
      tally.count(item.get("name"), difference(item));
    }
    return tally.result();
  }

  private static @Nullable String difference(Map<String, @Nullable Object> item) {
    try {
      BlockChain chain = hashing(item).chain(context(item)).append(ids(item));
      long[] expected = expected(item.get("expected"));
      long[] actual = LongStream.concat(LongStream.of(chain.hashes()), shortLast(chain)).toArray();
      int block = Arrays.mismatch(expected, actual);
      boolean isShort = block == expected.length && (block > 0 || actual.length == 0);
      return block < 0 || isShort
          ? null
          : "block " + block + ": expected " + at(expected, block) + ", got " + at(actual, block);
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static LongStream shortLast(BlockChain chain) {
    return chain.shortLastHash().stream();
  }

  private static String at(long[] hashes, int block) {
    return block < hashes.length ? Long.toUnsignedString(hashes[block]) : "none";
  }

  private static BlockHashing hashing(Map<String, @Nullable Object> item) {
    int blockSize = integer(item.get("block_size"));
    Optional<String> seed = text(item, "hash_seed");
    return switch (String.valueOf(item.get("algorithm"))) {
      case "sglang-sha256-page" -> SglangBlockHashing.builder().pageSize(blockSize).build();
      case "vllm-sha256-cbor" -> vllm(blockSize, seed);
      case "llmd-fnv64a-cbor" -> llmd(blockSize, seed, text(item, "model"));
      case "xxh3-64-seed1337-local" -> Xxh3BlockHashing.local(blockSize);
      case "xxh3-64-seed1337-rolling" -> Xxh3BlockHashing.rolling(blockSize);
      default -> throw new IllegalArgumentException("unknown algorithm " + item.get("algorithm"));
    };
  }

  private static BlockHashing vllm(int blockSize, Optional<String> seed) {
    VllmBlockHashing.Builder builder = VllmBlockHashing.builder().blockSize(blockSize);
    seed.ifPresent(builder::seed);
    return builder.build();
  }

  private static BlockHashing llmd(int blockSize, Optional<String> seed, Optional<String> model) {
    LlmdBlockHashing.Builder builder = LlmdBlockHashing.builder().blockSize(blockSize);
    seed.ifPresent(builder::seed);
    model.ifPresent(builder::model);
    return builder.build();
  }

  private static PromptContext context(Map<String, @Nullable Object> item) {
    PromptContext.Builder context = PromptContext.builder();
    text(item, "cache_salt").ifPresent(context::cacheSalt);
    text(item, "lora_name").ifPresent(context::loraName);
    return context.build();
  }

  private static Optional<String> text(Map<String, @Nullable Object> item, String member) {
    return Optional.ofNullable(item.get(member)).map(String::valueOf);
  }

  private static int[] ids(Map<String, @Nullable Object> item) {
    if (item.get("ids") instanceof List<?> ids) {
      return ids.stream().mapToInt(HashConformance::integer).toArray();
    }
    Matcher rule = RULE.matcher(String.valueOf(item.get("ids_rule")));
    if (!rule.matches()) {
      throw new IllegalArgumentException("there are neither ids nor a rule for them");
    }
    long factor = Long.parseLong(rule.group(1));
    long mask = (1L << Integer.parseInt(rule.group(2))) - 1;
    return IntStream.range(0, integer(item.get("n")))
        .map(index -> (int) (index * factor & mask))
        .toArray();
  }

  private static long[] expected(@Nullable Object hashes) {
    if (hashes instanceof List<?> list) {
      return list.stream()
          .mapToLong(hash -> new BigInteger(String.valueOf(hash)).longValue())
          .toArray();
    }
    throw new IllegalArgumentException("no hashes are expected");
  }

  private static int integer(@Nullable Object number) {
    if (Objects.requireNonNull(number) instanceof BigInteger value && value.bitLength() < 32) {
      return value.intValue();
    }
    throw new IllegalArgumentException(number + " is no 32-bit integer");
  }
}
