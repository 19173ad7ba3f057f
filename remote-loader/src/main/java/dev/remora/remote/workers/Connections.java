package dev.remora.remote.workers;

import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The connections of channels that tell of them: a worker that was restarted lost its connection.
 * gRPC takes no listener back, so each channel has one, however often its worker joins.
 * Thread-safe.
 */
public final class Connections {
  private final ConcurrentMap<ManagedChannel, Watch> watches = new ConcurrentHashMap<>();

  /** Is told of a connection, on a thread of gRPC. */
  interface Listener {
    /**
     * The state changed.
     *
     * @param lost whether there was a connection before
     * @param connected whether there is one now
     */
    void changed(boolean lost, boolean connected);
  }

  /** Tells whenever the state changes, until {@link #unwatch}. */
  void watch(Channel channel, Listener listener) {
    if (channel instanceof ManagedChannel managed) {
      watches
          .compute(
              managed, (key, there) -> (there == null ? new Watch(managed) : there).with(listener))
          .begin();
    }
  }

  void unwatch(Channel channel, Listener listener) {
    Watch watch = channel instanceof ManagedChannel ? watches.get(channel) : null;
    if (watch != null) {
      watch.listeners.remove(listener);
    }
  }

  @Override
  public String toString() {
    return watches.size() + " connections";
  }

  private final class Watch {
    private final ManagedChannel channel;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile ConnectivityState seen = ConnectivityState.IDLE;

    private Watch(ManagedChannel channel) {
      this.channel = channel;
    }

    private Watch with(Listener listener) {
      listeners.add(listener);
      return this;
    }

    private void begin() {
      if (!begun.getAndSet(true)) {
        arm();
      }
    }

    /** The callback says that the state changed from this one, even if it is the same again. */
    private void arm() {
      try {
        ConnectivityState now = channel.getState(false);
        seen = now;
        if (now == ConnectivityState.SHUTDOWN) {
          watches.remove(channel, this);
        } else {
          channel.notifyWhenStateChanged(now, this::changed);
        }
      } catch (UnsupportedOperationException e) {
        watches.remove(channel, this); // a channel that does not tell
      }
    }

    private void changed() {
      boolean unused =
          watches.computeIfPresent(
                  channel, (key, watch) -> watch.listeners.isEmpty() ? null : watch)
              == null;
      if (!unused) {
        ConnectivityState before = seen;
        arm();
        boolean connected = seen == ConnectivityState.READY;
        // This may come late: an attempt after which the channel is idle was a connection.
        boolean lost =
            before == ConnectivityState.READY
                || (before != ConnectivityState.TRANSIENT_FAILURE
                    && seen == ConnectivityState.IDLE);
        listeners.forEach(listener -> listener.changed(lost, connected));
      }
    }
  }
}
