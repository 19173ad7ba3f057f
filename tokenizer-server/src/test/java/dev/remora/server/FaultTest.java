package dev.remora.server;

import static dev.remora.proto.WorkerService.SGLANG;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.bundle.BundleDialect;
import dev.remora.bundle.BundleFormat;
import dev.remora.proto.BareBundle;
import dev.remora.proto.DescribedBundle.GetTokenizerChunk;
import dev.remora.proto.DescribedBundle.TokenizerFileChunk;
import dev.remora.proto.DescribedBundle.TokenizerMetadata;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each fault of the messages looks like to a client. */
class FaultTest {
  private static final byte[] ARCHIVE = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  private static final int CHUNK = 4; // three chunks

  private static List<GetTokenizerChunk> described(Fault... faults) throws Exception {
    return messages(TokenizerServer.builderOfArchive(ARCHIVE).chunkSize(CHUNK), faults);
  }

  private static List<GetTokenizerChunk> files(Fault... faults) throws Exception {
    return messages(
        TokenizerServer.builder(Samples.files()).format(BundleFormat.FILES).chunkSize(200_000),
        faults);
  }

  private static List<GetTokenizerChunk> messages(TokenizerServerBuilder builder, Fault... faults)
      throws Exception {
    try (TokenizerServer server = with(builder, faults).start();
        WorkerClient client = new WorkerClient(server)) {
      var answer = client.described(SGLANG);
      assertEquals(Status.Code.OK, answer.status().getCode());
      return answer.messages();
    }
  }

  private static List<BareBundle.GetTokenizerChunk> bare(Fault... faults) throws Exception {
    TokenizerServerBuilder builder =
        TokenizerServer.builderOfArchive(ARCHIVE).dialect(BundleDialect.BARE);
    try (TokenizerServer server = with(builder, faults).start();
        WorkerClient client = new WorkerClient(server)) {
      var answer = client.bare(SGLANG);
      assertEquals(Status.Code.OK, answer.status().getCode());
      return answer.messages();
    }
  }

  private static TokenizerServerBuilder with(TokenizerServerBuilder builder, Fault... faults) {
    for (Fault fault : faults) {
      builder.fault(fault);
    }
    return builder;
  }

  private static TokenizerMetadata metadata(List<GetTokenizerChunk> messages) {
    return messages.stream().filter(m -> m.hasMetadata()).findFirst().orElseThrow().getMetadata();
  }

  private static List<TokenizerFileChunk> chunks(List<GetTokenizerChunk> messages) {
    return messages.stream().filter(m -> m.hasFileChunk()).map(m -> m.getFileChunk()).toList();
  }

  private static byte[] data(List<GetTokenizerChunk> messages) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    chunks(messages).forEach(chunk -> data.writeBytes(chunk.getData().toByteArray()));
    return data.toByteArray();
  }

  private static byte[] bareData(List<BareBundle.GetTokenizerChunk> messages) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    messages.forEach(message -> data.writeBytes(message.getData().toByteArray()));
    return data.toByteArray();
  }

  private static void assertFingerprintFits(List<GetTokenizerChunk> messages) {
    assertEquals(Unpacked.sha256(data(messages)), metadata(messages).getFingerprint());
  }

  private static List<Integer> indices(List<GetTokenizerChunk> messages) {
    return chunks(messages).stream().map(TokenizerFileChunk::getChunkIndex).toList();
  }

  private static List<Boolean> lastMarks(List<GetTokenizerChunk> messages) {
    return chunks(messages).stream().map(TokenizerFileChunk::getIsLastChunk).toList();
  }

  @Test
  void noData_sendsEmptyData() throws Exception {
    var messages = described(Fault.noData());
    assertEquals(0, data(messages).length);
    assertEquals(List.of(true), lastMarks(messages));
    assertFingerprintFits(messages);
    var bare = bare(Fault.noData());
    assertEquals(1, bare.size());
    assertEquals(0, bare.get(0).getData().size());
    assertEquals(Unpacked.sha256(new byte[0]), bare.get(0).getSha256());
  }

  @Test
  void truncated_sendsHalf_withItsFingerprint() throws Exception {
    var messages = described(Fault.truncated());
    assertArrayEquals(new byte[] {0, 1, 2, 3, 4}, data(messages));
    assertFingerprintFits(messages);
    assertArrayEquals(new byte[] {0, 1, 2, 3, 4}, bareData(bare(Fault.truncated())));
  }

  @Test
  void corrupted_flipsTheSecondHalf_withItsFingerprint() throws Exception {
    byte[] expected = {0, 1, 2, 3, 4, ~5, ~6, ~7, ~8, ~9};
    var messages = described(Fault.corrupted());
    assertArrayEquals(expected, data(messages));
    assertFingerprintFits(messages);
    var bare = bare(Fault.corrupted());
    assertEquals(Unpacked.sha256(expected), bare.get(bare.size() - 1).getSha256());
  }

  @Test
  void missingFile_isDescribedAndNotSent() throws Exception {
    var messages = files(Fault.missingFile());
    var described = metadata(messages).getFilesList();
    var sent = chunks(messages).stream().map(TokenizerFileChunk::getFileName).distinct().toList();
    assertEquals(sent.size() + 1, described.size());
    assertFalse(described.get(sent.size()).getOptional());
    assertFingerprintFits(messages);
  }

  @Test
  void unknownCompression_standsOnEachChunk() throws Exception {
    var messages = files(Fault.unknownCompression());
    assertTrue(chunks(messages).stream().allMatch(c -> c.getCompression().equals("brotli")));
  }

  @Test
  void unknownFormat_standsInTheMetadata() throws Exception {
    assertEquals("rar", metadata(described(Fault.unknownFormat())).getBundleFormat());
  }

  @Test
  void noMetadata_sendsChunksOnly() throws Exception {
    var messages = described(Fault.noMetadata());
    assertTrue(messages.stream().allMatch(GetTokenizerChunk::hasFileChunk));
    assertArrayEquals(ARCHIVE, data(messages));
  }

  @Test
  void lateMetadata_followsTheFirstChunk() throws Exception {
    var messages = described(Fault.lateMetadata());
    assertTrue(messages.get(0).hasFileChunk());
    assertTrue(messages.get(1).hasMetadata());
    assertFingerprintFits(messages);
  }

  @Test
  void repeatedMetadata_comesTwice() throws Exception {
    var messages = described(Fault.repeatedMetadata());
    assertTrue(messages.get(1).hasMetadata());
    assertEquals(messages.get(0), messages.get(1));
    assertEquals(5, messages.size());
  }

  @Test
  void emptyOneof_hasNeither() throws Exception {
    assertEquals(GetTokenizerChunk.getDefaultInstance(), described(Fault.emptyOneof()).get(1));
  }

  @Test
  void wrongIndex_leavesAGap() throws Exception {
    var messages = described(Fault.wrongIndex());
    assertEquals(List.of(0, 1, 3), indices(messages));
    assertFingerprintFits(messages);
  }

  @Test
  void noLast_marksNone() throws Exception {
    assertEquals(List.of(false, false, false), lastMarks(described(Fault.noLast())));
  }

  @Test
  void chunkAfterLast_followsIt_withTheFingerprintOfAll() throws Exception {
    var messages = described(Fault.chunkAfterLast());
    assertEquals(List.of(false, false, true, false), lastMarks(messages));
    assertEquals(List.of(0, 1, 2, 3), indices(messages));
    assertFingerprintFits(messages);
  }

  @Test
  void interleavedFiles_changeWithinTheFirst() throws Exception {
    var messages = files(Fault.interleavedFiles());
    assertEquals(
        List.of("added_tokens.json", "tokenizer.model", "added_tokens.json"),
        chunks(messages).stream().limit(3).map(TokenizerFileChunk::getFileName).toList());
    assertEquals(List.of(false, false, true), lastMarks(messages).subList(0, 3));
    assertEquals(List.of(0, 0, 1), indices(messages).subList(0, 3));
    assertFingerprintFits(messages);
  }

  @Test
  void unclosedFile_isFollowedByTheNext() throws Exception {
    var messages = files(Fault.unclosedFile());
    assertEquals(List.of(false, false, true, true), lastMarks(messages));
    assertFingerprintFits(messages);
  }

  @Test
  void wrongFingerprint_isOneOfOtherData() throws Exception {
    var messages = described(Fault.wrongFingerprint());
    assertNotEquals(Unpacked.sha256(ARCHIVE), metadata(messages).getFingerprint());
    assertEquals(64, metadata(messages).getFingerprint().length());
    var bare = bare(Fault.wrongFingerprint());
    assertNotEquals(Unpacked.sha256(ARCHIVE), bare.get(bare.size() - 1).getSha256());
  }

  @Test
  void missingFingerprint_standsNowhere() throws Exception {
    assertEquals("", metadata(described(Fault.missingFingerprint())).getFingerprint());
    assertTrue(bare(Fault.missingFingerprint()).stream().allMatch(m -> m.getSha256().isEmpty()));
  }

  @Test
  void earlyFingerprint_standsOnTheFirstAlone() throws Exception {
    var messages = bare(Fault.earlyFingerprint()); // one message, which is cut in two
    assertEquals(2, messages.size());
    assertEquals(Unpacked.sha256(ARCHIVE), messages.get(0).getSha256());
    assertEquals("", messages.get(1).getSha256());
    assertArrayEquals(ARCHIVE, bareData(messages));
  }

  @Test
  void separateFingerprint_comesWithoutData() throws Exception {
    var messages = bare(Fault.separateFingerprint());
    assertEquals("", messages.get(0).getSha256());
    assertEquals(0, messages.get(1).getData().size());
    assertEquals(Unpacked.sha256(ARCHIVE), messages.get(1).getSha256());
  }

  @Test
  void repeatedFingerprint_isRightAtTheEnd() throws Exception {
    var messages = bare(Fault.repeatedFingerprint());
    assertNotEquals(Unpacked.sha256(ARCHIVE), messages.get(0).getSha256());
    assertEquals(64, messages.get(0).getSha256().length());
    assertEquals(Unpacked.sha256(ARCHIVE), messages.get(messages.size() - 1).getSha256());
  }

  @Test
  void upperCaseFingerprint_isTheSameNumber() throws Exception {
    assertEquals(
        Unpacked.sha256(ARCHIVE).toUpperCase(Locale.ROOT),
        metadata(described(Fault.upperCaseFingerprint())).getFingerprint());
  }

  @Test
  void several_workTogether() throws Exception {
    var messages = described(Fault.wrongFingerprint(), Fault.truncated(), Fault.noLast());
    assertArrayEquals(new byte[] {0, 1, 2, 3, 4}, data(messages));
    assertEquals(List.of(false, false), lastMarks(messages));
    assertNotEquals(Unpacked.sha256(data(messages)), metadata(messages).getFingerprint());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OK")
  void status_endsTheCallWithoutAMessage(Status.Code code) throws Exception {
    try (TokenizerServer server =
            TokenizerServer.builderOfArchive(ARCHIVE).fault(Fault.status(code)).start();
        WorkerClient client = new WorkerClient(server)) {
      var answer = client.described(SGLANG);
      assertEquals(code, answer.status().getCode());
      assertEquals("fault status:" + code, answer.status().getDescription());
      assertEquals(List.of(), answer.messages());
    }
  }
}
