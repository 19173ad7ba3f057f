package dev.remora.routing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Hashes of blocks. Those of vLLM are by cbor2 and hashlib in Python; those of SGLang, SMG, Dynamo
 * and llm-d are literals of their own tests, and by hashlib where they have none.
 */
final class BlockHashingTest {
  private static final int[] SIX = {0, 1, 2, 3, 4, 5};
  private static final int[] FOUR = {1, 2, 3, 4};
  private static final int[] TWELVE = IntStream.rangeClosed(1, 12).toArray();

  private static VllmBlockHashing.Builder vllm() {
    return VllmBlockHashing.builder().seed("seed42").blockSize(3);
  }

  private static SglangBlockHashing.Builder sglang(int pageSize) {
    return SglangBlockHashing.builder().pageSize(pageSize);
  }

  private static PromptContext.Builder context() {
    return PromptContext.builder();
  }

  @Test
  void vllm_hasTheLowBitsOfTheDigest_ofWholeBlocks() {
    long[] expected = {0x38364280356c9aa9L, 0xbb6e8f80f1bdf89aL};
    assertArrayEquals(expected, vllm().build().hashes(SIX, PromptContext.NONE));
    int[] more = {0, 1, 2, 3, 4, 5, 6, 7};
    assertArrayEquals(expected, vllm().build().hashes(more, PromptContext.NONE));
    assertEquals(0, vllm().build().chain().append(0, 1).blocks());
  }

  @Test
  void vllm_hashesItems_asPairsOfIdentifierAndOffset() {
    PromptContext two = context().item("hash1", 0, 3).item("hash2", 3, 3).build();
    assertArrayEquals(
        new long[] {0x3ee86116bb92ee92L, 0x6a54593a5da40911L},
        vllm().itemOffsets(true).build().hashes(SIX, two));
    PromptContext across = context().item("img", 2, 2).build();
    assertArrayEquals(
        new long[] {0xc3f677d834e429c1L, 0x7641886e45101d41L}, // the second offset is -1
        vllm().itemOffsets(true).build().hashes(SIX, across));
  }

  @Test
  void vllm_hashesAdapter_items_andTheSaltOnceOnly_inThisOrder() {
    PromptContext all = context().loraName("my-lora").item("img", 2, 2).cacheSalt("s3").build();
    assertArrayEquals(
        new long[] {0x9b09b55f057c32beL, 0x3376b01edeb820e3L}, vllm().build().hashes(SIX, all));
    PromptContext byId = context().loraName("my-lora").loraId(7).build();
    assertArrayEquals(
        new long[] {0xd8d1ce547f6fe64fL, 0xde726cfb37895451L},
        vllm().loraById(true).build().hashes(SIX, byId));
  }

  @Test
  void vllm_withoutSeed_orOfAnotherAlgorithm_isRefusedByName() {
    IllegalArgumentException noSeed =
        assertThrows(IllegalArgumentException.class, () -> VllmBlockHashing.builder().build());
    assertTrue(noSeed.toString().contains("PYTHONHASHSEED"), noSeed::toString);
    for (String algorithm : List.of("sha256", "xxhash", "xxhash_cbor", "builtin")) {
      IllegalArgumentException other =
          assertThrows(
              IllegalArgumentException.class,
              () -> VllmBlockHashing.builder().algorithm(algorithm));
      assertTrue(other.toString().contains("'" + algorithm + "'"), other::toString);
    }
    vllm().algorithm("sha256_cbor").build();
  }

  @Test
  void sglang_hasTheHighBitsOfTheDigest_ofPages() {
    assertArrayEquals(
        new long[] {-1702009526849766914L, 903318264012984157L, -8265893088400908305L},
        sglang(1).build().hashes(new int[] {7, 8, 9}, PromptContext.NONE));
    assertArrayEquals(
        new long[] {8635429971592222890L, 1256577331724852459L, 5689809685380680247L},
        sglang(16).build().hashes(IntStream.rangeClosed(1, 50).toArray(), PromptContext.NONE));
  }

  @Test
  void sglang_shortLastPage_hasAHash_butIsNoBlock() {
    BlockChain chain = sglang(4).build().chain().append(1, 2, 3, 4, 5);
    assertArrayEquals(new long[] {-3488128144981237669L}, chain.hashes());
    assertEquals(OptionalLong.of(-3787494577174227566L), chain.shortLastHash());
    chain.append(6, 7, 8);
    assertEquals(2, chain.blocks());
    assertEquals(OptionalLong.empty(), chain.shortLastHash());
    assertArrayEquals(
        sglang(4).build().hashes(IntStream.rangeClosed(1, 8).toArray(), PromptContext.NONE),
        chain.hashes());
  }

  @Test
  void sglang_hashesSaltAndAdapter() {
    SglangBlockHashing pages = sglang(2).build();
    assertArrayEquals(
        new long[] {31502315585564397L, -6358338539514506595L},
        pages.hashes(FOUR, context().cacheSalt("tenant-a").build()));
    assertArrayEquals(
        new long[] {1132550695741458728L, 3694048958605100876L},
        pages.hashes(FOUR, context().loraName("adapter-a").build()));
    assertArrayEquals(
        new long[] {5453732947292851540L, -615216578871236088L},
        pages.hashes(FOUR, context().loraName("adapter-a").cacheSalt("tenant-a").build()));
  }

  @Test
  void sglang_bigrams_haveTheIdAfterThePageToo() {
    SglangBlockHashing pages = sglang(2).bigrams(true).build();
    long[] expected = {-1303529142941650691L, 7461429976246528554L};
    assertArrayEquals(expected, pages.hashes(new int[] {1, 2, 3, 4, 5}, PromptContext.NONE));
    assertEquals(1, pages.hashes(FOUR, PromptContext.NONE).length);
  }

  @Test
  void xxh3_rollsOverLocalHashes() {
    long[] rolling = {
      Long.parseUnsignedLong("14643705804678351452"),
      4945711292740353085L,
      Long.parseUnsignedLong("12583592247330656132")
    };
    assertArrayEquals(rolling, Xxh3BlockHashing.rolling(4).hashes(TWELVE, PromptContext.NONE));
    long[] local = Xxh3BlockHashing.local(4).hashes(TWELVE, PromptContext.NONE);
    assertEquals(rolling[0], local[0]);
    assertNotEquals(rolling[1], local[1]);
  }

  @Test
  void llmd_hashesSeedThenModel() {
    LlmdBlockHashing.Builder builder = LlmdBlockHashing.builder().blockSize(2);
    // FNV-64a over CBOR, by hand: the empty seed is the offset basis
    long root = 0xcbf29ce484222325L;
    byte[] first = {
      (byte) 0x83,
      0x1b,
      (byte) 0xcb,
      (byte) 0xf2,
      (byte) 0x9c,
      (byte) 0xe4,
      (byte) 0x84,
      0x22,
      0x23,
      0x25,
      (byte) 0x82,
      1,
      2,
      (byte) 0xf6
    };
    long expected = root;
    for (byte one : first) {
      expected = (expected ^ (one & 0xFF)) * 0x100000001b3L;
    }
    assertEquals(expected, builder.build().hashes(FOUR, PromptContext.NONE)[0]);
    assertNotEquals(expected, builder.seed("42").build().hashes(FOUR, PromptContext.NONE)[0]);
    assertNotEquals(expected, builder.model("m").build().hashes(FOUR, PromptContext.NONE)[0]);
  }

  @Test
  void chains_appendedInAnyPieces_haveTheHashesOfTheWhole() {
    List<BlockHashing> kinds =
        List.of(
            vllm().build(),
            sglang(1).build(),
            sglang(5).bigrams(true).build(),
            Xxh3BlockHashing.rolling(4),
            Xxh3BlockHashing.local(7),
            LlmdBlockHashing.builder().model("m").blockSize(6).build(),
            new ContentHashing(3));
    SplittableRandom random = new SplittableRandom(20);
    for (int round = 0; round < 200; round++) {
      int[] ids = random.ints(random.nextInt(90), 0, 200_000).toArray();
      for (BlockHashing kind : kinds) {
        BlockChain chain = kind.chain();
        for (int at = 0; at < ids.length; ) {
          int to = Math.min(ids.length, at + 1 + random.nextInt(20));
          chain.append(Arrays.copyOfRange(ids, at, to));
          at = to;
          if (random.nextBoolean()) {
            chain.hashes();
          }
        }
        assertArrayEquals(kind.hashes(ids, PromptContext.NONE), chain.hashes(), kind.toString());
      }
    }
  }

  @Test
  void append_leavesTheCallersArrayAlone_andRefusesNegativeIds() {
    int[] ids = {1, 2, 3, 4};
    BlockChain chain = Xxh3BlockHashing.rolling(2).chainOf(ids, PromptContext.NONE);
    chain.append(9);
    chain.append(8);
    assertArrayEquals(new int[] {1, 2, 3, 4}, ids);
    assertThrows(IllegalArgumentException.class, () -> chain.append(1, -1));
    assertEquals(6, chain.tokens());
    assertThrows(IndexOutOfBoundsException.class, () -> chain.hash(3));
  }

  @Test
  void contexts_thatAnEngineDoesNotHash_areRefused() {
    PromptContext salted = context().cacheSalt("s").build();
    PromptContext item = context().item("img", 0, 1).build();
    PromptContext byName = context().loraName("a").build();
    PromptContext byId = context().loraId(1).build();
    refuses(sglang(1).saltAndLora(false).build(), salted, byName, item);
    refuses(sglang(1).build(), item, byId);
    refuses(vllm().build(), byId);
    refuses(vllm().loraById(true).build(), byName);
    refuses(Xxh3BlockHashing.rolling(4), salted, item, byName, byId);
    refuses(LlmdBlockHashing.builder().build(), salted, item, byName, byId);
    refuses(new ContentHashing(4), salted, item, byName);
  }

  private static void refuses(BlockHashing hashing, PromptContext... contexts) {
    for (PromptContext context : contexts) {
      assertThrows(
          IllegalArgumentException.class,
          () -> hashing.chain(context),
          () -> hashing + " " + context);
    }
  }

  @Test
  void builders_refuseContradictions() {
    assertThrows(IllegalArgumentException.class, () -> SglangBlockHashing.builder().build());
    assertThrows(IllegalArgumentException.class, () -> vllm().blockSize(-1).build());
    assertThrows(IllegalArgumentException.class, () -> Xxh3BlockHashing.local((1 << 20) + 1));
    assertThrows(IllegalArgumentException.class, () -> vllm().seed(""));
    assertThrows(IllegalArgumentException.class, () -> context().cacheSalt("\ud800"));
    assertThrows(IllegalArgumentException.class, () -> context().item("a", 0, 0));
    assertThrows(IllegalArgumentException.class, () -> context().item("a", 1, Integer.MAX_VALUE));
    assertThrows(IllegalArgumentException.class, () -> context().item("a", 3, 3).item("b", 5, 1));
  }

  @Test
  void hashings_areEqual_whereTheirNamesAre() {
    assertEquals(vllm().build(), vllm().build());
    assertNotEquals(vllm().build(), vllm().seed("43").build());
    assertNotEquals(vllm().build(), vllm().itemOffsets(true).build());
    assertNotEquals(Xxh3BlockHashing.local(4), Xxh3BlockHashing.rolling(4));
  }
}
