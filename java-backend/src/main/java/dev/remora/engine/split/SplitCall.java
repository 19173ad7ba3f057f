package dev.remora.engine.split;

import dev.remora.engine.split.TextSplitter.Stage;
import dev.remora.engine.text.Utf8Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits stretches of text into pre-tokens, one after the other. Of one thread at a time. */
public final class SplitCall {
  private final List<StageCall> stages = new ArrayList<>();
  private final @Nullable Scanner scanner; // where it is all that cuts
  private final PieceListCursor pieces = new PieceListCursor(); // of the stages
  private final PieceCursor cursor;
  private final boolean cutsPieces; // not the stretch itself

  private Utf8Text text = new Utf8Text();
  private int from;
  private int to;

  /** One stage with what it works in. */
  private static final class StageCall {
    final PieceCursor cursor;
    final PieceListCursor pieces = new PieceListCursor();
    final Rewriter rewriter;
    final Utf8Text rewritten = new Utf8Text();

    StageCall(Stage stage) {
      this.cursor = chain(pieces, stage.cutters());
      this.rewriter = stage.rewriter();
    }
  }

  SplitCall(TextSplitter splitter) {
    boolean mayCut = false;
    for (Stage stage : splitter.stages()) {
      stages.add(new StageCall(stage));
      mayCut |= !stage.cutters().isEmpty();
    }
    List<Cutter> cutters = splitter.cutters();
    boolean isOne = cutters.isEmpty() || (cutters.size() == 1 && cutters.get(0) instanceof Scanner);
    this.cutsPieces = mayCut;
    this.scanner =
        mayCut || !isOne ? null : cutters.isEmpty() ? new WholeScanner() : (Scanner) cutters.get(0);
    this.cursor =
        mayCut || cutters.isEmpty()
            ? chain(pieces, cutters)
            : chain(cutters.get(0).newCursor(), cutters.subList(1, cutters.size()));
  }

  private static PieceCursor chain(PieceCursor first, List<Cutter> cutters) {
    PieceCursor chain = first;
    for (Cutter cutter : cutters) {
      chain = new ChainCursor(chain, cutter.newCursor());
    }
    return chain;
  }

  /** Takes a stretch that is not empty. */
  public void begin(Utf8Text source, int start, int end) {
    text = source;
    from = start;
    to = end;
    if (cutsPieces) {
      pieces.clear();
      pieces.add(start, end);
      stages.forEach(this::cutAndRewrite);
      cursor.begin(text.bytes, 0, 0);
      return;
    }
    for (StageCall stage : stages) {
      if (stage.rewriter.changes(text, from, to)) {
        rewrite(stage);
      }
    }
    if (scanner == null) {
      cursor.begin(text.bytes, from, to);
    }
  }

  private void rewrite(StageCall stage) {
    Utf8Text target = stage.rewritten;
    target.clear(text.starts != null);
    stage.rewriter.apply(text, from, to, target);
    text = target;
    from = 0;
    to = target.length;
  }

  /** Cuts the pieces that there are, and rewrites what comes of them. */
  private void cutAndRewrite(StageCall stage) {
    Utf8Text target = stage.rewritten;
    target.clear(text.starts != null);
    stage.pieces.copy(pieces);
    stage.cursor.begin(text.bytes, 0, 0);
    pieces.clear();
    while (stage.cursor.next()) {
      int start = target.length;
      stage.rewriter.apply(text, stage.cursor.start(), stage.cursor.end(), target);
      pieces.add(start, target.length);
    }
    text = target;
  }

  /** What the pre-tokens are ranges of. */
  public Utf8Text text() {
    return text;
  }

  /** What alone cuts the text into pre-tokens without gaps; null if it takes the cursor. */
  public @Nullable Scanner scanner() {
    return scanner;
  }

  /** Where the text begins that the scanner cuts. */
  public int from() {
    return from;
  }

  /** Where it ends. */
  public int to() {
    return to;
  }

  /** The pre-tokens, where there is no scanner. */
  public PieceCursor cursor() {
    return cursor;
  }
}
