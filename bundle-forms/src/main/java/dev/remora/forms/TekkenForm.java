package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.FileNames;
import dev.remora.bundle.SpecialTokens;
import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PostProcessor.TokenId;
import dev.remora.core.guard.BuildGuard;
import dev.remora.core.json.JsonCursor;
import dev.remora.core.json.JsonTree;
import dev.remora.core.special.ConfiguredToken;
import dev.remora.core.vocabulary.Vocabulary;
import dev.remora.forms.json.JsonObject;
import dev.remora.forms.json.LenientJson;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads Mistral's tekken.json as mistral-common does: the special tokens have the first ids, then
 * come the ranks; of these only so many count as the config says.
 */
final class TekkenForm {
  private static final String FILE = FileNames.TEKKEN;

  /** Real ones have 1,000. */
  private static final int MAX_SPECIAL = 1 << 16;

  private static final int BYTES = 256;

  /** The versions whose files may lack the special tokens; these are then {@link #OLD_SPECIAL}. */
  private static final Set<String> OLD_VERSIONS = Set.of("v1", "v2", "v3", "v7");

  private static final Set<String> VERSIONS = Set.of("v11", "v13", "v15");

  private static final List<String> OLD_SPECIAL =
      List.of(
          "<unk>",
          "<s>",
          "</s>",
          "[INST]",
          "[/INST]",
          "[AVAILABLE_TOOLS]",
          "[/AVAILABLE_TOOLS]",
          "[TOOL_RESULTS]",
          "[/TOOL_RESULTS]",
          "[TOOL_CALLS]",
          "[IMG]",
          "<pad>",
          "[IMG_BREAK]",
          "[IMG_END]",
          "[PREFIX]",
          "[MIDDLE]",
          "[SUFFIX]",
          "[SYSTEM_PROMPT]",
          "[/SYSTEM_PROMPT]",
          "[TOOL_CONTENT]");

  private static final Map<String, String> ROLES =
      Map.of(
          SpecialTokens.UNK, "<unk>",
          SpecialTokens.BOS, "<s>",
          SpecialTokens.EOS, "</s>",
          SpecialTokens.PAD, "<pad>");

  private final byte[] json;
  private final JsonCursor cursor;
  private final BuildGuard guard;
  private final Set<String> names = new HashSet<>();
  private final List<byte[]> ranks = new ArrayList<>();
  private @Nullable Object config;
  private @Nullable Object specialTokens;
  private long treeBytes;

  private TekkenForm(byte[] json, BuildGuard guard) {
    this.json = json;
    this.cursor = new JsonCursor(FILE, json, 0);
    this.guard = guard;
  }

  /**
   * Reads the file.
   *
   * @param guard ends it early
   * @throws BundleException if it is not JSON, or not as mistral-common needs it
   */
  static AssembledForm read(byte[] json, TokenizerConfigs configs, BuildGuard guard) {
    TekkenForm form = new TekkenForm(json, guard);
    form.readMembers();
    form.cursor.expectEnd();
    return form.assemble(configs);
  }

  private void readMembers() {
    cursor.expect('{');
    if (cursor.take('}')) {
      return;
    }
    do {
      cursor.readKey();
      String name = JsonTree.text(cursor);
      if (!names.add(name)) {
        throw broken("duplicate member '" + name + "'");
      }
      switch (name) {
        case "config" -> config = readTree();
        case "special_tokens" -> specialTokens = readTree();
        case "vocab" -> readRanks();
        default -> cursor.skipValue();
      }
    } while (cursor.take(','));
    cursor.expect('}');
  }

  private @Nullable Object readTree() {
    int from = cursor.position();
    cursor.skipValue();
    treeBytes += cursor.position() - from;
    LenientJson.checkSize(FILE, treeBytes);
    guard.check();
    return JsonTree.read(new JsonCursor(FILE, json, from));
  }

  private void readRanks() {
    cursor.expect('[');
    if (cursor.take(']')) {
      return;
    }
    do {
      guard.check(ranks.size());
      ranks.add(readRank());
    } while (cursor.take(','));
    cursor.expect(']');
  }

  /** One token, whose rank must be its place. */
  private byte[] readRank() {
    long rank = -1;
    byte[] token = {};
    cursor.expect('{');
    if (!cursor.take('}')) {
      do {
        cursor.readKey();
        switch (JsonTree.text(cursor)) {
          case "rank" -> rank = cursor.readInteger();
          case "token_bytes" -> {
            cursor.readString();
            token = decoded(JsonTree.text(cursor));
          }
          default -> cursor.skipValue();
        }
      } while (cursor.take(','));
      cursor.expect('}');
    }
    int place = ranks.size();
    boolean isByte = token.length == 1 && (token[0] & 0xFF) == place;
    if (rank != place || token.length == 0 || (place < BYTES && !isByte)) {
      throw brokenRank(null);
    }
    return token;
  }

  private byte[] decoded(String base64) {
    try {
      byte[] token = Base64.getDecoder().decode(base64);
      if (token.length <= RankedTokens.MAX_TOKEN_BYTES) {
        return token;
      }
    } catch (IllegalArgumentException e) {
      throw brokenRank(e);
    }
    throw brokenRank(null);
  }

  private AssembledForm assemble(TokenizerConfigs named) {
    JsonObject settings = JsonObject.of(FILE, "config", config);
    int special = settings.count("default_num_special_tokens");
    int size = settings.count("default_vocab_size");
    if (special > MAX_SPECIAL || size < special || size - special > ranks.size()) {
      throw broken(
          String.format(
              Locale.ROOT,
              "%,d ids, %,d of them special, do not fit %,d ranks",
              size,
              special,
              ranks.size()));
    }
    RankedTokens tokens =
        new RankedTokens(ranks.subList(0, size - special).toArray(byte[][]::new), guard);
    if (!tokens.areDistinct()) {
      throw broken("a token has two ranks");
    }
    List<ConfiguredToken> added = specialTokens(settings.string("version"), special);
    Vocabulary.Builder builder = Vocabulary.builder();
    for (int id = 0; id < special; id++) {
      builder.token(added.get(id).content(), id);
    }
    int entries = special + tokens.putInto(builder, special);
    Vocabulary vocabulary = builder.build();
    TokenizerConfigs configs = named.withTokens(named.tokens().withDefaults(roles(vocabulary)));
    FormParts parts =
        new FormParts(
            Optional.empty(),
            Optional.of(CommonParts.splitThenSpell(settings.string("pattern"), false)),
            CommonParts.byteLevelModel(tokens.merges(), null, true),
            vocabulary,
            entries,
            Optional.of(postProcessor(configs, vocabulary)),
            Optional.of(CommonParts.BYTE_LEVEL_DECODER),
            added,
            Optional.empty());
    return new AssembledForm(parts, configs);
  }

  /** The roles whose token this file has. */
  private static Map<String, String> roles(Vocabulary vocabulary) {
    Map<String, String> roles = new LinkedHashMap<>();
    ROLES.forEach(
        (role, token) -> {
          if (vocabulary.idOf(token).isPresent()) {
            roles.put(role, token);
          }
        });
    return roles;
  }

  /** Puts BOS before a text unless add_bos_token is false. */
  private static PostProcessor postProcessor(TokenizerConfigs configs, Vocabulary vocabulary) {
    TokenId bos = new RoleTokens(FILE, configs.tokens(), vocabulary).find(SpecialTokens.BOS);
    return bos == null || !configs.flag("add_bos_token").orElse(true)
        ? CommonParts.BYTE_LEVEL_PROCESSOR
        : CommonParts.byteLevelAfter(List.of(bos));
  }

  /** The special tokens by id; the ids that the file does not name have names of their own. */
  private List<ConfiguredToken> specialTokens(String version, int count) {
    if (!OLD_VERSIONS.contains(version) && !VERSIONS.contains(version)) {
      throw broken("its version " + version + " is not known");
    }
    if (specialTokens == null && !OLD_VERSIONS.contains(version)) {
      throw broken("it has no special_tokens, which version " + version + " needs");
    }
    @Nullable ConfiguredToken[] byId = new ConfiguredToken[count];
    if (specialTokens == null) {
      for (String token : OLD_SPECIAL) {
        put(byId, OLD_SPECIAL.indexOf(token), ConfiguredToken.special(token));
      }
    } else {
      JsonObject holder = JsonObject.of(FILE, "", Map.of("special_tokens", specialTokens));
      for (JsonObject token : holder.objects("special_tokens")) {
        boolean isControl = token.flag("is_control", true);
        put(
            byId,
            token.count("rank"),
            new ConfiguredToken(token.string("token_str"), false, false, false, false, isControl));
      }
    }
    List<ConfiguredToken> all = new ArrayList<>(count);
    Set<String> contents = new HashSet<>();
    for (int id = 0; id < count; id++) {
      ConfiguredToken token = byId[id];
      all.add(token == null ? ConfiguredToken.special("<SPECIAL_" + id + ">") : token);
      if (!contents.add(all.get(id).content())) {
        throw broken("a special token is there twice");
      }
    }
    return all;
  }

  private void put(@Nullable ConfiguredToken[] byId, int id, ConfiguredToken token) {
    if (id >= byId.length || byId[id] != null || token.content().isEmpty()) {
      throw broken("a special token is empty, or has an id that is not free for it");
    }
    byId[id] = token;
  }

  private static BundleException broken(String problem) {
    return new BundleException(Rule.C8, FILE, problem);
  }

  private BundleException brokenRank(@Nullable Throwable cause) {
    return new BundleException(
        Rule.C8,
        FILE,
        String.format(
            Locale.ROOT,
            "'vocab[%d]' is not a token of at most %,d bytes whose rank is its place",
            ranks.size(),
            RankedTokens.MAX_TOKEN_BYTES),
        cause);
  }
}
