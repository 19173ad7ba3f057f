package dev.remora.engine;

import dev.remora.core.engine.TokenizerDefinition;

/**
 * What a definition asks for, in the terms of this engine; reading it builds no tables.
 *
 * @param byteLevel whether tokens are spelled in the byte-level alphabet
 * @param normalizer the normalizer
 * @param preTokenizer the pre-tokenizer
 * @param postProcessor the post-processor
 * @param decoding the decoder
 */
record Configuration(
    boolean byteLevel,
    Normalizer normalizer,
    PreTokenizer preTokenizer,
    PostProcessor postProcessor,
    Decoder.Form decoding) {

  static Configuration read(TokenizerDefinition definition) throws Unsupported {
    boolean hasSpaces = !Normalizers.removesSpaces(component(definition, "normalizer"));
    PreTokenizers preTokenizers =
        PreTokenizers.read(component(definition, "pre_tokenizer"), hasSpaces);
    boolean byteLevel = preTokenizers.byteLevel();
    ModelRules.check(definition, byteLevel);
    Normalizer normalizer = Normalizers.read(component(definition, "normalizer"));
    AddedTokenRules.check(definition, normalizer);
    return new Configuration(
        byteLevel,
        normalizer,
        preTokenizers.preTokenizer(),
        PostProcessors.read(component(definition, "post_processor")),
        Decoders.read(component(definition, "decoder"), byteLevel));
  }

  private static Component component(TokenizerDefinition definition, String name) {
    return new Component(name.replace('_', '-'), definition.component(name));
  }
}
