package dev.remora.remote;

import static dev.remora.remote.Messages.bare;
import static dev.remora.remote.Messages.chunk;
import static dev.remora.remote.Messages.metadata;
import static dev.remora.remote.Messages.sha256;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.Zstd;
import dev.remora.Attempt;
import dev.remora.BundleException;
import dev.remora.ErrorKind;
import dev.remora.FingerprintException;
import dev.remora.LimitException;
import dev.remora.Rule;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.proto.DescribedBundle.GetTokenizerChunk;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every rule of both dialects, each kept once and broken once, over a real socket. */
class StreamRulesTest {
  private static final byte[] CONFIG = Archives.utf8("{\"a\": 1}");
  private static final byte[] ZIP = Archives.zip(Map.of("tokenizer_config.json", CONFIG));
  private static final byte[] HEAD = Arrays.copyOf(ZIP, 40);
  private static final byte[] TAIL = Arrays.copyOfRange(ZIP, 40, ZIP.length);
  private static final String SHA = sha256(ZIP);

  private static final LoadOptions OPTIONS =
      LoadOptions.builder().services(List.of(ScriptedWorker.SERVICE)).build();

  private static TokenizerBundle load(LoadOptions options, byte[]... messages) {
    try (ScriptedWorker worker = ScriptedWorker.sending(List.of(messages))) {
      return RemoteTokenizerLoader.of(worker.channel(), options).loadBundle();
    }
  }

  private static void assertRefused(Rule rule, String problem, byte[]... messages) {
    BundleException refusal =
        assertThrows(BundleException.class, () -> load(OPTIONS, messages), problem);
    assertEquals(Optional.of(rule), refusal.rule(), refusal.getMessage());
    assertEquals(1, refusal.attempts().size());
    assertEquals(new Attempt.Refused(ErrorKind.BUNDLE, rule), refusal.attempts().get(0).outcome());
    if (!String.valueOf(refusal.getMessage()).contains(problem)) {
      throw new AssertionError("'" + refusal.getMessage() + "' does not say '" + problem + "'");
    }
  }

  // Dialect A, archive mode

  @Test
  void describedZip_inTwoChunks_isRead() {
    TokenizerBundle bundle =
        load(OPTIONS, metadata("zip", SHA), chunk(0, HEAD, false), chunk(1, TAIL, true));
    assertArrayEquals(CONFIG, bundle.content("tokenizer_config.json").orElseThrow());
    assertEquals(Optional.of("test/model"), bundle.modelIdentifier());
    assertEquals(Fingerprint.Check.MATCHED, bundle.fingerprint().check());
    assertEquals(Optional.of(SHA), bundle.fingerprint().sha256());
  }

  @Test
  void fingerprint_inUpperCase_matches() {
    String upper = SHA.toUpperCase(Locale.ROOT);
    assertEquals(1, load(OPTIONS, metadata("zip", upper), chunk(0, ZIP, true)).files().size());
  }

  @Test
  void firstMessage_noMetadata_isRefused() {
    assertRefused(Rule.A1, "not metadata", chunk(0, ZIP, true));
  }

  @Test
  void metadata_twice_isRefused() {
    assertRefused(
        Rule.A1,
        "duplicate metadata",
        metadata("zip", SHA),
        metadata("zip", SHA),
        chunk(0, ZIP, true));
  }

  @Test
  void metadataAlone_isRefused() {
    assertRefused(Rule.A6, "ended before the last chunk", metadata("zip", SHA));
  }

  @Test
  void bundleFormat_unknown_isRefused() {
    assertRefused(Rule.A2, "'rar'", metadata("rar", SHA), chunk(0, ZIP, true));
  }

  @Test
  void chunkIndex_gap_isRefused() {
    assertRefused(
        Rule.A2,
        "chunk_index 2 where 1 is next",
        metadata("zip", SHA),
        chunk(0, HEAD, false),
        chunk(2, TAIL, true));
  }

  @Test
  void chunkIndex_notFromZero_isRefused() {
    assertRefused(Rule.A2, "where 0 is next", metadata("zip", SHA), chunk(1, ZIP, true));
  }

  @Test
  void chunkAfterLast_isRefused() {
    assertRefused(
        Rule.A6,
        "follows the last",
        metadata("zip", SHA),
        chunk(0, HEAD, true),
        chunk(1, TAIL, true));
  }

  @Test
  void endBeforeLastChunk_isRefused() {
    assertRefused(Rule.A6, "ended before", metadata("zip", SHA), chunk(0, ZIP, false));
  }

  @Test
  void emptyOneof_isRefused() {
    byte[] empty = GetTokenizerChunk.getDefaultInstance().toByteArray();
    assertRefused(Rule.A6, "neither", metadata("zip", SHA), empty, chunk(0, ZIP, true));
  }

  @Test
  void messageThatIsNoProtobuf_isRefused() {
    assertRefused(Rule.A1, "not valid protobuf", metadata("zip", SHA), new byte[] {0x0A, 0x7F, 1});
  }

  // Dialect A, files mode

  @Test
  void files_eachWithItsCompression_areRead() {
    byte[] gzip = Archives.gzip(CONFIG);
    byte[] zstd = Zstd.compress(CONFIG);
    byte[] first = Arrays.copyOf(gzip, 5);
    byte[] rest = Arrays.copyOfRange(gzip, 5, gzip.length);
    TokenizerBundle bundle =
        load(
            OPTIONS,
            metadata("files", sha256(zstd, first, rest, CONFIG), "config.json"),
            chunk("tokenizer_config.json", 0, zstd, true, "zstd"),
            chunk("config.json", 0, first, false, "gzip"),
            chunk("config.json", 1, rest, true, ""),
            chunk("generation_config.json", 0, CONFIG, true, "none"));
    for (String file : List.of("tokenizer_config.json", "config.json", "generation_config.json")) {
      assertArrayEquals(CONFIG, bundle.content(file).orElseThrow(), file);
    }
  }

  @Test
  void files_interleaved_areRefused() {
    assertRefused(
        Rule.A3,
        "comes inside config.json",
        metadata("files", SHA),
        chunk("config.json", 0, CONFIG, false, ""),
        chunk("tokenizer.json", 0, CONFIG, true, ""));
  }

  @Test
  void files_chunkIndexCountsPerFile_elseRefused() {
    assertRefused(
        Rule.A3,
        "where 0 is next",
        metadata("files", SHA),
        chunk("config.json", 0, CONFIG, true, ""),
        chunk("tokenizer.json", 1, CONFIG, true, ""));
  }

  @Test
  void files_reopened_areRefused() {
    assertRefused(
        Rule.A3,
        "follows the file's last chunk",
        metadata("files", SHA),
        chunk("config.json", 0, CONFIG, true, ""),
        chunk("config.json", 0, CONFIG, true, ""));
  }

  @Test
  void files_notClosed_areRefused() {
    assertRefused(
        Rule.A6, "config.json", metadata("files", SHA), chunk("config.json", 0, CONFIG, false, ""));
  }

  @Test
  void files_requiredOneMissing_isRefused() {
    assertRefused(
        Rule.A3,
        "tokenizer.json: the stream does not have this file",
        metadata("files", sha256(CONFIG), "tokenizer.json"),
        chunk("config.json", 0, CONFIG, true, ""));
  }

  @Test
  void files_unknownCompression_isRefused() {
    assertRefused(
        Rule.A3, "'lz4'", metadata("files", SHA), chunk("config.json", 0, CONFIG, true, "lz4"));
  }

  @Test
  void files_compressionChanging_isRefused() {
    assertRefused(
        Rule.A3,
        "compression changes",
        metadata("files", SHA),
        chunk("config.json", 0, CONFIG, false, "gzip"),
        chunk("config.json", 1, CONFIG, true, "zstd"));
  }

  // Dialect B

  @Test
  void bareZip_shaOnAMessageOfItsOwn_isRead() {
    TokenizerBundle bundle = load(OPTIONS, bare(HEAD, ""), bare(TAIL, ""), bare(new byte[0], SHA));
    assertArrayEquals(CONFIG, bundle.content("tokenizer_config.json").orElseThrow());
    assertEquals(Optional.empty(), bundle.modelIdentifier());
  }

  @Test
  void bareZip_severalSha_theLastCounts() {
    assertEquals(1, load(OPTIONS, bare(HEAD, "00"), bare(TAIL, SHA)).files().size());
  }

  @Test
  void bareZip_emptyMessages_meanNothing() {
    byte[] empty = new byte[0];
    assertEquals(1, load(OPTIONS, bare(empty, ""), bare(ZIP, ""), bare(empty, SHA)).files().size());
  }

  @Test
  void bareZip_byteByByte_isRead() {
    byte[][] messages = Messages.bareStream(ZIP, 1).toArray(new byte[0][]);
    assertEquals(1, load(OPTIONS, messages).files().size());
  }

  @Test
  void bareZip_withoutSha_isRefused() {
    assertRefused(Rule.B2, "ended without sha256", bare(ZIP, ""));
  }

  @Test
  void bareZip_withEarlyShaAlone_isRefused() {
    assertRefused(Rule.B2, "in an early message", bare(HEAD, SHA), bare(TAIL, ""));
  }

  @Test
  void noMessage_isRefused() {
    assertRefused(Rule.B3, "without a message");
  }

  @Test
  void noData_isRefused() {
    assertRefused(Rule.B3, "no data", bare(new byte[0], sha256()));
  }

  @Test
  void bareData_noArchive_isRefused() {
    byte[] text = Archives.utf8("hello");
    assertRefused(Rule.B1, "not a zip, tar", bare(text, sha256(text)));
  }

  // Fingerprints

  @Test
  void describedFingerprint_wrong_isRefusedAndFetchedOnceMore() {
    assertMismatch(Rule.A4, metadata("zip", sha256(HEAD)), chunk(0, ZIP, true));
  }

  @Test
  void bareFingerprint_wrong_isRefusedAndFetchedOnceMore() {
    assertMismatch(Rule.B2, bare(ZIP, sha256(HEAD)));
  }

  private static void assertMismatch(Rule rule, byte[]... messages) {
    FingerprintException refusal =
        assertThrows(FingerprintException.class, () -> load(OPTIONS, messages));
    assertEquals(Optional.of(rule), refusal.rule());
    assertEquals(sha256(HEAD), refusal.expected());
    assertEquals(SHA, refusal.actual());
    assertEquals(2, refusal.attempts().size());
  }

  @Test
  void describedFingerprint_missing_isRefused() {
    assertRefused(Rule.C2, "no fingerprint", metadata("zip", ""), chunk(0, ZIP, true));
  }

  @Test
  void fingerprint_missingAndAllowed_isWaived() {
    LoadOptions options = OPTIONS.toBuilder().allowMissingFingerprint(true).build();
    assertEquals(Fingerprint.Check.WAIVED, load(options, bare(ZIP, "")).fingerprint().check());
    assertEquals(
        Fingerprint.Check.WAIVED,
        load(options, metadata("zip", ""), chunk(0, ZIP, true)).fingerprint().check());
  }

  @Test
  void fingerprint_wrongAndMissingAllowed_isStillRefused() {
    LoadOptions options = OPTIONS.toBuilder().allowMissingFingerprint(true).build();
    assertThrows(FingerprintException.class, () -> load(options, bare(ZIP, sha256(HEAD))));
  }

  @Test
  void fingerprint_pinned_matchesOrIsRefusedAtOnce() {
    LoadOptions right = OPTIONS.toBuilder().expectedFingerprint(SHA).build();
    assertEquals(Fingerprint.Check.MATCHED, load(right, bare(ZIP, "")).fingerprint().check());
    LoadOptions other = OPTIONS.toBuilder().expectedFingerprint(sha256(HEAD)).build();
    FingerprintException refusal =
        assertThrows(FingerprintException.class, () -> load(other, bare(ZIP, SHA)));
    assertEquals(Optional.of(Rule.C2), refusal.rule());
    assertEquals(1, refusal.attempts().size());
  }

  // Limits of the stream

  @Test
  void streamedBytes_atTheBoundPass_oneMoreIsRefused() {
    LoadOptions exact = OPTIONS.toBuilder().maxStreamedBytes(ZIP.length).build();
    assertEquals(1, load(exact, bare(HEAD, ""), bare(TAIL, SHA)).files().size());
    LoadOptions less = OPTIONS.toBuilder().maxStreamedBytes(ZIP.length - 1L).build();
    LimitException refusal =
        assertThrows(LimitException.class, () -> load(less, bare(HEAD, ""), bare(TAIL, SHA)));
    assertEquals(ZIP.length - 1L, refusal.bound());
    assertEquals(ZIP.length, refusal.observed());
    assertEquals("streamed bytes", refusal.limit());
  }

  @Test
  void message_overFourMebibytes_needsTheCallersLeave() {
    byte[] noise = new byte[5 << 20];
    new Random(1).nextBytes(noise);
    byte[] large = Archives.zip(Map.of("notes.bin", noise));
    byte[] message = bare(large, sha256(large));
    LimitException refusal = assertThrows(LimitException.class, () -> load(OPTIONS, message));
    assertEquals(4 << 20, refusal.bound());
    assertEquals(1, refusal.attempts().size());
    LoadOptions allowed = OPTIONS.toBuilder().maxMessageBytes(8 << 20).build();
    assertEquals(noise.length, load(allowed, message).files().get(0).length());
  }

  @Test
  void files_overTheEntryLimit_areRefused() {
    LoadOptions one = OPTIONS.toBuilder().maxEntries(1).build();
    LimitException refusal =
        assertThrows(
            LimitException.class,
            () ->
                load(
                    one,
                    metadata("files", SHA),
                    chunk("a.json", 0, CONFIG, true, ""),
                    chunk("b.json", 0, CONFIG, true, "")));
    assertEquals("entries", refusal.limit());
  }
}
