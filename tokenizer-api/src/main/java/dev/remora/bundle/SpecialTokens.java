package dev.remora.bundle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * The special tokens of a bundle: those with a role (such as {@link #BOS}), all that are marked
 * special, and the ids that end a generation.
 *
 * <p>Immutable and thread-safe.
 */
public final class SpecialTokens {
  /** The role of the token that begins a text. */
  public static final String BOS = "bos_token";

  /** The role of the token that ends a text. */
  public static final String EOS = "eos_token";

  /** The role of the token for what the vocabulary does not know. */
  public static final String UNK = "unk_token";

  /** The role of the token that fills a batch. */
  public static final String PAD = "pad_token";

  /** The role of the token between two texts, or after one. */
  public static final String SEP = "sep_token";

  /** The role of the token that stands for a whole text. */
  public static final String CLS = "cls_token";

  /** The role of the token that hides another. */
  public static final String MASK = "mask_token";

  private final Map<String, String> byRole;
  private final Map<String, Integer> ids;
  private final Set<Integer> eosIds;
  private final boolean addsBos;
  private final boolean addsEos;

  private SpecialTokens(Builder builder) {
    this.byRole = Collections.unmodifiableMap(new LinkedHashMap<>(builder.byRole));
    this.ids = Collections.unmodifiableMap(new LinkedHashMap<>(builder.ids));
    this.eosIds = Collections.unmodifiableSet(new TreeSet<>(builder.eosIds));
    this.addsBos = builder.addsBos;
    this.addsEos = builder.addsEos;
  }

  /** The token of a role as transformers names it ({@code bos_token}, {@code sep_token}, …). */
  public Optional<String> token(String role) {
    return Optional.ofNullable(byRole.get(role));
  }

  /** The id of the token of a role; empty if no token has the role or it has no id. */
  public OptionalInt id(String role) {
    Integer id = ids.get(byRole.get(role));
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** Role to token, in the order of the bundle's files. */
  public Map<String, String> byRole() {
    return byRole;
  }

  /** Every token that is marked special, with its id: those that decoding can skip. */
  public Map<String, Integer> all() {
    return ids;
  }

  /**
   * The ids that end a generation: the union of {@code eos_token_id} in generation_config.json and
   * config.json (its text_config too) and of tokenizer_config.json's {@code eos_token}; ascending.
   */
  public Set<Integer> eosIds() {
    return eosIds;
  }

  /** Whether encoding with special tokens begins with {@link #BOS}. */
  public boolean addsBos() {
    return addsBos;
  }

  /** Whether encoding with special tokens ends with {@link #EOS}. */
  public boolean addsEos() {
    return addsEos;
  }

  /** A builder of no special tokens. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds {@link SpecialTokens}. Not thread-safe. */
  public static final class Builder {
    private final Map<String, String> byRole = new LinkedHashMap<>();
    private final Map<String, Integer> ids = new LinkedHashMap<>();
    private final Set<Integer> eosIds = new TreeSet<>();
    private boolean addsBos;
    private boolean addsEos;

    private Builder() {}

    /** Gives a token a role; a later token of the same role takes its place. */
    public Builder role(String role, String token) {
      byRole.put(role, token);
      return this;
    }

    /** Marks a token special. */
    public Builder special(String token, int id) {
      ids.put(token, id);
      return this;
    }

    /** Adds an id that ends a generation. */
    public Builder eosId(int id) {
      eosIds.add(id);
      return this;
    }

    /** Whether encoding adds BOS and EOS; default neither. */
    public Builder adds(boolean bos, boolean eos) {
      this.addsBos = bos;
      this.addsEos = eos;
      return this;
    }

    /** The special tokens. */
    public SpecialTokens build() {
      return new SpecialTokens(this);
    }
  }
}
