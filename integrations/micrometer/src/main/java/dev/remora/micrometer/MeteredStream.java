package dev.remora.micrometer;

import dev.remora.DecodeStream;
import dev.remora.PieceConsumer;
import io.micrometer.core.instrument.Counter;

/** A stream that counts the ids that are pushed. Of a push that fails, none are counted. */
record MeteredStream(DecodeStream stream, Counter decoded) implements DecodeStream {
  @Override
  public String push(int id) {
    String text = stream.push(id);
    decoded.increment();
    return text;
  }

  @Override
  public int push(int id, StringBuilder target) {
    int units = stream.push(id, target);
    decoded.increment();
    return units;
  }

  @Override
  public String push(int[] ids) {
    String text = stream.push(ids);
    decoded.increment(ids.length);
    return text;
  }

  @Override
  public int push(int[] ids, StringBuilder target) {
    int units = stream.push(ids, target);
    decoded.increment(ids.length);
    return units;
  }

  @Override
  public void push(int[] ids, PieceConsumer pieces) {
    stream.push(ids, pieces);
    decoded.increment(ids.length);
  }

  @Override
  public String finish() {
    return stream.finish();
  }

  @Override
  public int finish(StringBuilder target) {
    return stream.finish(target);
  }

  @Override
  public String piece(int id) {
    return stream.piece(id);
  }

  @Override
  public int earlyReleases() {
    return stream.earlyReleases();
  }
}
