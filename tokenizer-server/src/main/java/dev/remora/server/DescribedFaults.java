package dev.remora.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.remora.proto.DescribedBundle.GetTokenizerChunk;
import dev.remora.proto.DescribedBundle.TokenizerFileChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What can be wrong with the messages of {@link DescribedWire}. */
final class DescribedFaults {
  private DescribedFaults() {}

  static List<Message> unknownFormat(Wire wire, List<Message> messages) {
    int metadata = metadata(messages);
    List<Message> changed = new ArrayList<>(messages);
    changed.set(
        metadata,
        DescribedWire.withMetadata(
            messages.get(metadata), builder -> builder.setBundleFormat("rar")));
    return changed;
  }

  static List<Message> noMetadata(Wire wire, List<Message> messages) {
    List<Message> changed = new ArrayList<>(messages);
    changed.remove(metadata(messages));
    return changed;
  }

  static List<Message> lateMetadata(Wire wire, List<Message> messages) {
    List<Message> changed = new ArrayList<>(messages);
    Message metadata = changed.remove(metadata(messages));
    changed.add(firstChunk(changed) + 1, metadata);
    return changed;
  }

  static List<Message> repeatedMetadata(Wire wire, List<Message> messages) {
    List<Message> changed = new ArrayList<>(messages);
    int metadata = metadata(messages);
    changed.add(metadata + 1, messages.get(metadata));
    return changed;
  }

  static List<Message> emptyOneof(Wire wire, List<Message> messages) {
    List<Message> changed = new ArrayList<>(messages);
    changed.add(firstChunk(messages), GetTokenizerChunk.getDefaultInstance());
    return changed;
  }

  static List<Message> wrongIndex(Wire wire, List<Message> messages) {
    return withChunk(
        messages, lastChunk(messages), chunk -> chunk.setChunkIndex(chunk.getChunkIndex() + 1));
  }

  static List<Message> noLast(Wire wire, List<Message> messages) {
    return withChunk(messages, lastChunk(messages), chunk -> chunk.setIsLastChunk(false));
  }

  static List<Message> chunkAfterLast(Wire wire, List<Message> messages) {
    List<Message> changed = new ArrayList<>(messages);
    changed.add(
        DescribedWire.withChunk(
            messages.get(lastChunk(messages)),
            last ->
                last.setChunkIndex(last.getChunkIndex() + 1)
                    .setIsLastChunk(false)
                    .setData(ByteString.copyFromUtf8("more"))));
    return changed;
  }

  static List<Message> unclosedFile(Wire wire, List<Message> messages) {
    return withChunk(messages, endOfFirstFile(messages), chunk -> chunk.setIsLastChunk(false));
  }

  /** Cuts the last chunk of the first file in two, and puts the next file's first one between. */
  static List<Message> interleavedFiles(Wire wire, List<Message> messages) {
    int end = endOfFirstFile(messages);
    if (end == lastChunk(messages)) {
      throw new IllegalArgumentException("interleaved-files needs two files");
    }
    ByteString data = wire.data(messages.get(end));
    int half = data.size() / 2;
    List<Message> changed =
        withChunk(
            messages, end, chunk -> chunk.setData(data.substring(0, half)).setIsLastChunk(false));
    changed.add(
        end + 2,
        DescribedWire.withChunk(
            messages.get(end),
            chunk -> chunk.setData(data.substring(half)).setChunkIndex(chunk.getChunkIndex() + 1)));
    return changed;
  }

  private static int endOfFirstFile(List<Message> messages) {
    return find(
        messages,
        "closed file",
        message -> message.hasFileChunk() && message.getFileChunk().getIsLastChunk());
  }

  private static int metadata(List<Message> messages) {
    return find(messages, "metadata", GetTokenizerChunk::hasMetadata);
  }

  private static int firstChunk(List<Message> messages) {
    return find(messages, "chunk", GetTokenizerChunk::hasFileChunk);
  }

  private static int lastChunk(List<Message> messages) {
    int last = firstChunk(messages);
    for (int i = last + 1; i < messages.size(); i++) {
      last = ((GetTokenizerChunk) messages.get(i)).hasFileChunk() ? i : last;
    }
    return last;
  }

  /** Where the first message of a kind stands; another fault may have taken it away. */
  private static int find(
      List<Message> messages, String what, Predicate<GetTokenizerChunk> isMeant) {
    for (int i = 0; i < messages.size(); i++) {
      if (isMeant.test((GetTokenizerChunk) messages.get(i))) {
        return i;
      }
    }
    throw new IllegalArgumentException("the stream has no " + what);
  }

  private static List<Message> withChunk(
      List<Message> messages, int position, UnaryOperator<TokenizerFileChunk.Builder> change) {
    List<Message> changed = new ArrayList<>(messages);
    changed.set(position, DescribedWire.withChunk(messages.get(position), change));
    return changed;
  }
}
