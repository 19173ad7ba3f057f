package dev.remora.server;

import static dev.remora.proto.WorkerService.SGLANG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.remora.bundle.BundleDialect;
import dev.remora.bundle.BundleFormat;
import dev.remora.proto.BareBundle;
import dev.remora.proto.DescribedBundle;
import dev.remora.proto.DescribedBundle.TokenizerFileChunk;
import dev.remora.proto.DescribedBundle.TokenizerMetadata;
import dev.remora.proto.WorkerService;
import io.grpc.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {
  private static final int CHUNK = 10_000;

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "FILES")
  void described_archive_carriesEveryFile(BundleFormat format) throws Exception {
    try (TokenizerServer server =
            TokenizerServer.builder(Samples.files())
                .format(format)
                .modelIdentifier("acme/model")
                .chunkSize(CHUNK)
                .start();
        WorkerClient client = new WorkerClient(server)) {
      var answer = client.described(SGLANG);
      assertEquals(Status.Code.OK, answer.status().getCode());
      TokenizerMetadata metadata = answer.messages().get(0).getMetadata();
      assertEquals("acme/model", metadata.getModelIdentifier());
      assertEquals(format.wireName(), metadata.getBundleFormat());
      assertEquals(
          List.copyOf(Samples.contents().keySet()),
          metadata.getFilesList().stream().map(file -> file.getFileName()).toList());
      byte[] archive = archiveOf(format, chunks(answer.messages()));
      assertEquals(Unpacked.sha256(archive), metadata.getFingerprint());
      Unpacked.assertSame(Samples.contents(), Unpacked.archive(format, archive));
    }
  }

  /** Joins the chunks after checking rule A2. */
  private static byte[] archiveOf(BundleFormat format, List<TokenizerFileChunk> chunks) {
    ByteString archive = ByteString.EMPTY;
    assertTrue(chunks.size() > 1);
    for (int i = 0; i < chunks.size(); i++) {
      TokenizerFileChunk chunk = chunks.get(i);
      boolean last = i == chunks.size() - 1;
      assertEquals(i, chunk.getChunkIndex());
      assertEquals(last, chunk.getIsLastChunk());
      assertEquals(format.wireName(), chunk.getCompression());
      assertEquals("tokenizer_bundle." + format.wireName(), chunk.getFileName());
      assertTrue(last || chunk.getData().size() == CHUNK);
      archive = archive.concat(chunk.getData());
    }
    return archive.toByteArray();
  }

  @ParameterizedTest
  @EnumSource
  void described_files_carriesEveryFile(FileCompression compression) throws Exception {
    try (TokenizerServer server =
            TokenizerServer.builder(Samples.files())
                .format(BundleFormat.FILES)
                .fileCompression(compression)
                .chunkSize(CHUNK)
                .start();
        WorkerClient client = new WorkerClient(server)) {
      var answer = client.described(SGLANG);
      List<TokenizerFileChunk> chunks = chunks(answer.messages());
      Map<String, byte[]> contents = new TreeMap<>();
      ByteString all = ByteString.EMPTY;
      ByteString file = ByteString.EMPTY;
      int index = 0;
      for (TokenizerFileChunk chunk : chunks) {
        assertEquals(index++, chunk.getChunkIndex());
        assertEquals(compression.wireName(), chunk.getCompression());
        assertFalse(contents.containsKey(chunk.getFileName()));
        all = all.concat(chunk.getData());
        file = file.concat(chunk.getData());
        if (chunk.getIsLastChunk()) {
          contents.put(
              chunk.getFileName(), Unpacked.file(compression.wireName(), file.toByteArray()));
          file = ByteString.EMPTY;
          index = 0;
        }
      }
      assertEquals(0, index);
      TokenizerMetadata metadata = answer.messages().get(0).getMetadata();
      assertEquals("files", metadata.getBundleFormat());
      assertEquals(Unpacked.sha256(all.toByteArray()), metadata.getFingerprint());
      Unpacked.assertSame(Samples.contents(), contents);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "FILES")
  void bare_archive_carriesEveryFile(BundleFormat format) throws Exception {
    try (TokenizerServer server =
            TokenizerServer.builder(Samples.files())
                .dialect(BundleDialect.BARE)
                .format(format)
                .start();
        WorkerClient client = new WorkerClient(server)) {
      var answer = client.bare(SGLANG);
      assertEquals(Status.Code.OK, answer.status().getCode());
      List<BareBundle.GetTokenizerChunk> messages = answer.messages();
      assertEquals(64 << 10, messages.get(0).getData().size());
      ByteString archive = ByteString.EMPTY;
      for (int i = 0; i < messages.size(); i++) {
        assertEquals(i < messages.size() - 1, messages.get(i).getSha256().isEmpty());
        archive = archive.concat(messages.get(i).getData());
      }
      byte[] bytes = archive.toByteArray();
      assertEquals(Unpacked.sha256(bytes), messages.get(messages.size() - 1).getSha256());
      Unpacked.assertSame(Samples.contents(), Unpacked.archive(format, bytes));
    }
  }

  @ParameterizedTest
  @EnumSource
  void service_anyEngine_isServed(WorkerService service) throws Exception {
    try (TokenizerServer server =
            TokenizerServer.builder(Samples.files()).service(service).start();
        WorkerClient client = new WorkerClient(server)) {
      assertEquals(Status.Code.OK, client.described(service).status().getCode());
      for (WorkerService other : WorkerService.values()) {
        if (other != service) {
          assertEquals(Status.Code.UNIMPLEMENTED, client.described(other).status().getCode());
        }
      }
    }
  }

  @Test
  void service_several_areServed() throws Exception {
    try (TokenizerServer server =
            TokenizerServer.builder(Samples.files())
                .service(WorkerService.VLLM)
                .service("acme.Worker")
                .start();
        WorkerClient client = new WorkerClient(server)) {
      assertEquals(Status.Code.OK, client.described(WorkerService.VLLM).status().getCode());
      var type = DescribedBundle.GetTokenizerChunk.getDefaultInstance();
      assertEquals(Status.Code.OK, client.fetch("acme.Worker", type).status().getCode());
      assertEquals(2, server.calls());
    }
  }

  @Test
  void chunkSize_aboveTheGrpcDefault_makesOneMessage() throws Exception {
    byte[] archive = new byte[(5 << 20) + 1];
    try (TokenizerServer server =
            TokenizerServer.builderOfArchive(archive)
                .dialect(BundleDialect.BARE)
                .chunkSize(Integer.MAX_VALUE)
                .start();
        WorkerClient client = new WorkerClient(server)) {
      var answer = client.bare(SGLANG);
      assertEquals(1, answer.messages().size());
      assertEquals(archive.length, answer.messages().get(0).getData().size());
    }
  }

  @Test
  void archive_readyMade_isSentAsItIs() throws Exception {
    byte[] archive = {1, 2, 3};
    try (TokenizerServer server =
            TokenizerServer.builderOfArchive(archive).format(BundleFormat.TAR_ZST).start();
        WorkerClient client = new WorkerClient(server)) {
      var messages = client.described(SGLANG).messages();
      assertEquals("tar.zst", messages.get(0).getMetadata().getBundleFormat());
      assertEquals(0, messages.get(0).getMetadata().getFilesCount());
      assertEquals(ByteString.copyFrom(archive), messages.get(1).getFileChunk().getData());
      assertEquals(2, messages.size());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ZIP", "TAR"})
  void modified_otherTime_givesAnotherFingerprint(BundleFormat format) throws Exception {
    String first = fingerprint(format, Instant.parse("2024-03-01T10:00:00Z"));
    assertEquals(first, fingerprint(format, Instant.parse("2024-03-01T10:00:00Z")));
    assertNotEquals(first, fingerprint(format, Instant.parse("2024-03-01T10:00:02Z")));
  }

  private static String fingerprint(BundleFormat format, Instant modified) throws Exception {
    try (TokenizerServer server =
            TokenizerServer.builder(Samples.files()).format(format).modified(modified).start();
        WorkerClient client = new WorkerClient(server)) {
      return client.described(SGLANG).messages().get(0).getMetadata().getFingerprint();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void chunkSize_aroundTheSizeOfTheArchive_cutsExactly(int size) throws Exception {
    try (TokenizerServer server =
            TokenizerServer.builderOfArchive(new byte[] {1, 2, 3}).chunkSize(size).start();
        WorkerClient client = new WorkerClient(server)) {
      assertEquals((3 + size - 1) / size, chunks(client.described(SGLANG).messages()).size());
    }
  }

  private static List<TokenizerFileChunk> chunks(List<DescribedBundle.GetTokenizerChunk> messages) {
    return messages.stream().skip(1).map(message -> message.getFileChunk()).toList();
  }
}
