package dev.remora.core.engine;

import dev.remora.DecodeOptions;
import dev.remora.DecodeStream;
import dev.remora.UnknownTokenException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Opens the decode streams of one tokenizer. Immutable and thread-safe. */
final class StreamDecoder {
  private final Vocabulary vocabulary;
  private final Map<String, Object> decoder;
  private final Set<String> specialTokens;

  StreamDecoder(TokenizerDefinition definition) {
    this.vocabulary = definition.vocabulary();
    this.decoder = definition.component("decoder");
    this.specialTokens = new HashSet<>();
    for (AddedToken token : definition.addedTokens()) {
      if (token.special()) {
        specialTokens.add(token.content());
      }
    }
  }

  DecodeStream open(DecodeOptions options) {
    return new Stream(new DecoderPlan(decoder), options);
  }

  private final class Stream implements DecodeStream {
    private final DecoderPlan plan;
    private final boolean skipSpecialTokens;
    private final TokenStage.Collector collector = new TokenStage.Collector();
    private final TokenStage first;
    private int pushed;
    private boolean finished;

    Stream(DecoderPlan plan, DecodeOptions options) {
      this.plan = plan;
      this.skipSpecialTokens = options.skipSpecialTokens();
      this.first = plan.open(collector);
      push(options.promptIds());
      this.pushed = 0;
    }

    private String token(int id, int index) {
      Optional<String> token = vocabulary.tokenOf(id);
      return token.orElseThrow(() -> new UnknownTokenException(id, index, vocabulary.size()));
    }

    @Override
    public String push(int id) {
      if (finished) {
        throw new IllegalStateException("the stream is finished");
      }
      String token = token(id, pushed);
      pushed++;
      if (!skipSpecialTokens || !specialTokens.contains(token)) {
        first.push(token);
      }
      return collector.take();
    }

    @Override
    public String finish() {
      if (finished) {
        throw new IllegalStateException("the stream is finished");
      }
      finished = true;
      first.finish();
      return collector.take();
    }

    @Override
    public String piece(int id) {
      TokenStage.Collector alone = new TokenStage.Collector();
      TokenStage stage = plan.open(alone);
      stage.skipStart();
      stage.push(token(id, 0));
      stage.finish();
      return alone.take();
    }

    @Override
    public int earlyReleases() {
      return first.earlyReleases();
    }
  }
}
