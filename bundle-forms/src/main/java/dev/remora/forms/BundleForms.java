package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.bundle.BundleFile;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.spi.TokenizerDefinition;
import java.util.List;

/**
 * The way from the files of a bundle to a tokenizer as data, whichever form the bundle has.
 *
 * <p>Thread-safe.
 */
public final class BundleForms {
  private BundleForms() {}

  /**
   * The form that a bundle's tokenizer is read from: the name of its main file.
   *
   * @throws BundleException if the bundle holds no tokenizer; it lists what the bundle holds
   */
  public static String formOf(TokenizerBundle bundle) {
    if (bundle.content(TokenizerJson.FILE).isPresent()) {
      return TokenizerJson.FILE;
    }
    List<String> names = bundle.files().stream().map(BundleFile::name).toList();
    throw new BundleException(
        "C8", null, "the bundle holds no tokenizer: no tokenizer.json (it holds " + names + ")");
  }

  /**
   * The tokenizer of a bundle as data.
   *
   * @throws BundleException if the bundle holds no tokenizer, or a broken one
   */
  public static TokenizerDefinition define(TokenizerBundle bundle) {
    String form = formOf(bundle);
    return JsonDefinition.of(bundle.content(form).orElseThrow());
  }
}
