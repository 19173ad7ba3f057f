package dev.remora.engine;

import dev.remora.core.engine.TokenizerDefinition;

/** Which models are known exactly. */
final class ModelRules {
  /** Ids without a token, of which each costs this engine about twenty bytes. */
  private static final int MOST_GAPS = 1 << 20;

  private ModelRules() {}

  static void check(TokenizerDefinition definition, boolean byteLevel) throws Unsupported {
    Component model = new Component("model", definition.model());
    if (!model.type().equals("BPE")) {
      throw new Unsupported("the model is " + model.type() + ", not BPE");
    }
    Object dropout = definition.model().get("dropout");
    if (dropout instanceof Number rate ? rate.doubleValue() != 0 : dropout != null) {
      throw model.because("has dropout: its ids are random");
    }
    for (String name : new String[] {"continuing_subword_prefix", "end_of_word_suffix"}) {
      if (model.has(name) && !model.string(name).isEmpty()) {
        throw model.because("has a " + name);
      }
    }
    boolean ignoresMerges = model.flag("ignore_merges", false);
    if (!byteLevel && (ignoresMerges || !model.flag("byte_fallback", false))) {
      throw model.because("is neither byte-level nor of characters with byte fallback");
    }
    for (int value = 0; value < 256; value++) {
      byte[] token = BytePairModel.byteToken(value, byteLevel);
      if (definition.vocabulary().modelIdOf(token, 0, token.length) < 0) {
        throw model.because("has no token for the byte 0x%02X".formatted(value));
      }
    }
    if (definition.vocabulary().modelIdBound() > PairTable.MOST) {
      throw model.because("has ids above %,d".formatted(PairTable.MOST - 1));
    }
    if (definition.vocabulary().modelIdBound() - definition.vocabulary().size() > MOST_GAPS) {
      throw model.because("has more than %,d ids without a token".formatted(MOST_GAPS));
    }
    if (!definition.vocabulary().isOneToOne()
        || definition.vocabulary().modelIdOf(new byte[0], 0, 0) >= 0) {
      throw model.because("has an id of two tokens, a token twice, or an empty token");
    }
    if (definition.mergeCount() > PairTable.MOST) {
      throw model.because("has more than %,d merges".formatted(PairTable.MOST));
    }
  }
}
