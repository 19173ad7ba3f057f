package dev.remora.conformance.contract;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import dev.remora.bundle.FileNames;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.forms.BundleForms;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bundles of the contract: small tokenizers made for it, trained on {@code texts.json}, with
 * what the reference gives for those texts, written by a test of the engine over DJL.
 */
public enum ContractBundle {
  /** Byte-level BPE with NFC, Llama-3's regex, BOS and EOS. */
  BYTE_LEVEL("byte-level"),
  /** SentencePiece's BPE with byte fallback and BOS, as Llama-2 has it. */
  BYTE_FALLBACK("byte-fallback");

  private final String file;

  ContractBundle(String file) {
    this.file = file;
  }

  /** The file of what the reference gives. */
  public String goldenFile() {
    return file + ".golden.json";
  }

  /** The bundle's tokenizer.json. */
  public byte[] json() {
    return read(file + ".json");
  }

  /** The bundle: its tokenizer.json alone. */
  public TokenizerBundle bundle() {
    return TokenizerBundle.builder(Fingerprint.local())
        .add(FileNames.TOKENIZER_JSON, json())
        .build();
  }

  /** The bundle's definition. */
  public TokenizerDefinition definition() {
    return BundleForms.define(bundle());
  }

  /** What the reference gives for the text of this name. */
  public Golden golden(String text) {
    String json = new String(read(goldenFile()), StandardCharsets.UTF_8);
    Map<String, Golden> goldens = new Gson().fromJson(json, new TypeToken<>() {});
    return Objects.requireNonNull(goldens.get(text), text);
  }

  /** The texts, by name. */
  public static Map<String, String> texts() {
    String json = new String(read("texts.json"), StandardCharsets.UTF_8);
    return new Gson().fromJson(json, new TypeToken<>() {});
  }

  private static byte[] read(String name) {
    try (InputStream in = ContractBundle.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What the reference gives for one text.
   *
   * @param ids with special tokens
   * @param plainIds without
   * @param tokens of {@code ids}
   * @param spans of {@code ids}, in code points; null for what the post-processor added
   * @param special of {@code ids}: the special tokens mask
   * @param decoded the text of {@code ids}
   * @param skipped the same without special tokens
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Golden(
      int[] ids,
      int[] plainIds,
      List<String> tokens,
      List<int @Nullable []> spans,
      boolean[] special,
      String decoded,
      String skipped) {}
}
