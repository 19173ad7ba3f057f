package dev.remora.core.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.remora.bundle.SpecialTokens;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.core.vocabulary.MergeList;
import dev.remora.core.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which added tokens a BPE model might give for ordinary text, told from its merges. */
final class ModelBarsTest {
  private static final List<String> TOKENS =
      List.of("<", "s", ">", "<s", "<s>", "é", "éé", "##>", "$", "", "s>", "<\uD83D\uDE00>");

  @Test
  void of_specialTokenThatMergesMake_isAProblem() {
    ModelBars bars = bars(List.of("< s", "<s >"), null, true, special("<s>"));
    assertEquals(Optional.of("the model's own merges make the special token 4"), bars.problem());
    assertEquals(Set.of(), ids(bars));
  }

  @Test
  void of_tokenThatMergesMake_isText() {
    ModelBars bars = bars(List.of("é é"), null, true, plain("éé"));
    assertEquals(Optional.empty(), bars.problem());
    assertEquals(Set.of(), ids(bars));
  }

  @Test
  void of_tokenThatNoMergeMakes_isBarredWhereWholeWordsAreTaken() {
    List<String> merges = List.of("< s", "s >"); // of the same length or with the same ends
    ModelBars bars = bars(merges, null, true, special("<s>"), plain("<\uD83D\uDE00>"));
    assertEquals(Optional.empty(), bars.problem());
    assertEquals(Set.of(4, 11), ids(bars));
    assertEquals(Set.of(), ids(bars(merges, null, false, special("<s>"))));
  }

  @Test
  void of_rightPartThatLosesItsPrefix_isSeen() {
    ModelBars bars = bars(List.of("< s", "<s ##>"), "##", true, special("<s>"));
    assertEquals(Optional.of("the model's own merges make the special token 4"), bars.problem());
    assertEquals(Optional.empty(), bars(List.of("<s ##>"), null, true, special("<s>")).problem());
  }

  @Test
  void of_singleCharacter_needsNoMerge() {
    ModelBars bars = bars(List.of(), null, true, special("$"));
    assertEquals(Optional.of("the model's own merges make the special token 8"), bars.problem());
    assertEquals(Set.of(), ids(bars(List.of(), null, true, plain("é"))));
  }

  /** A token without text, and merges with one. */
  @Test
  void of_emptyTokens_areLikeOthers() {
    ModelBars bars = bars(List.of(" <s>", "<s> "), null, true, special("<s>"), plain(""));
    assertEquals(Optional.of("the model's own merges make the special token 4"), bars.problem());
    assertEquals(Set.of(9), ids(bars));
  }

  @Test
  void of_tokenThatTheModelLacks_isNoneOfItsOwn() {
    AddedToken apart = new AddedToken(99, "<s>", false, false, false, false, true);
    ModelBars bars = bars(List.of("< s", "<s >"), null, true, apart);
    assertEquals(Optional.empty(), bars.problem());
    assertEquals(Set.of(), ids(bars));
  }

  private static Set<Integer> ids(ModelBars bars) {
    return bars.ids().stream().boxed().collect(Collectors.toSet());
  }

  private static AddedToken special(String content) {
    return new AddedToken(TOKENS.indexOf(content), content, false, false, false, false, true);
  }

  private static AddedToken plain(String content) {
    return new AddedToken(TOKENS.indexOf(content), content, false, false, false, false, false);
  }

  private static ModelBars bars(
      List<String> merges, @Nullable String prefix, boolean ignoreMerges, AddedToken... added) {
    Vocabulary.Builder vocabulary = Vocabulary.builder();
    for (int id = 0; id < TOKENS.size(); id++) {
      vocabulary.token(TOKENS.get(id), id);
    }
    MergeList.Builder list = MergeList.builder();
    for (String merge : merges) {
      byte[] utf8 = merge.getBytes(StandardCharsets.UTF_8);
      int space = merge.substring(0, merge.indexOf(' ')).getBytes(StandardCharsets.UTF_8).length;
      list.merge(utf8, 0, space, space + 1, utf8.length);
    }
    return ModelBars.of(
        new TokenizerDefinition(
            Optional.empty(),
            Optional.empty(),
            new Model.Bpe(list.build(), null, null, prefix, null, false, false, ignoreMerges),
            Optional.empty(),
            Optional.empty(),
            vocabulary.build().withAdded(List.of(added)),
            List.of(added),
            SpecialTokens.builder().build(),
            false,
            Optional.empty()));
  }
}
