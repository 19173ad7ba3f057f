package dev.remora.remote.workers;

import dev.remora.TokenizerException;
import dev.remora.bundle.BundleDrift;
import io.grpc.Channel;
import io.grpc.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A worker of a model; its group guards it. */
final class Member {
  final Channel channel;
  final Context context;
  final Connections.Listener onConnection;

  /** What it served when it last answered; null before that, and if it serves nothing any more. */
  @Nullable ServedBundle served;

  /** Why it did not answer when it was last asked; null if it did. */
  @Nullable TokenizerException failure;

  /** What its listener was told of it last. */
  @Nullable BundleDrift told;

  boolean left;
  boolean isAsked;
  boolean askAgain;

  /** Whether its connection was lost, and whether it has a new one, since it was asked. */
  boolean lost;

  boolean connected;

  /** When it was asked last, by {@link System#nanoTime}. */
  long askedAt;

  Duration pause;
  Future<?> retry = CompletableFuture.completedFuture(null);

  /** Those who wait for the next answer. */
  List<CompletableFuture<BundleDrift>> waiting = new ArrayList<>();

  /** Those who wait for the answer to be compared. */
  final List<CompletableFuture<BundleDrift>> answered = new ArrayList<>();

  Member(Channel channel, Context context, Duration pause, Connections.Listener onConnection) {
    this.channel = channel;
    this.context = context;
    this.pause = pause;
    this.onConnection = onConnection;
  }

  String name() {
    return String.valueOf(channel.authority());
  }

  /** Whether it was never heard of. */
  boolean isNew() {
    return served == null && failure == null;
  }

  @Override
  public String toString() {
    return name() + " serves " + (served == null ? "nothing known" : served.digest());
  }
}
