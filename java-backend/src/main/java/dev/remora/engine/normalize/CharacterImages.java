package dev.remora.engine.normalize;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.Utf8Text;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What each character becomes by a step that changes most of them by themselves: the step is asked
 * once for each. Where a character comes for which what is around it counts, the step is asked for
 * a stretch of text: from the character before to the second of the next two that are neither such
 * nor dropped. It does not tell where bytes come from. Thread-safe.
 */
final class CharacterImages {
  private static final int PAGE_BITS = 7;
  private static final int PAGE_SIZE = 1 << PAGE_BITS;
  private static final Page UNCHANGED = new Page(new int[PAGE_SIZE], new byte[0]);

  /** In place of an image: the character stays. */
  private static final int SAME = 0;

  /** In place of an image: what is around the character counts, or the image is long. */
  private static final int COMPLEX = -1;

  private static final int LENGTH_BITS = 5; // of an image; above: where it begins in the pool
  private static final int MAX_LENGTH = 16; // bytes of an image that is kept
  private static final int MOST_AT_ONCE = 8; // bytes of an image that is copied as a long
  private static final int ROOM = 2 * Utf8.PADDING; // that is left for one character
  private static final byte DROPPED = -1; // in place of what an ASCII character becomes
  private static final byte NOT_ASCII =
      -2; // it becomes something else, or what is around it counts

  /** The step itself, for a text that does not know where its bytes come from. */
  interface Step {
    /** Appends what a range becomes. */
    void apply(Utf8Text source, int from, int to, Utf8Text target, NormalizationBuffers buffers);
  }

  /** The images of some characters: each its length plus one, above it where it is in the pool. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Page(int[] images, byte[] pool) {}

  private final IntPredicate isComplex;
  private final Step step;
  private final @Nullable Page[] pages =
      new @Nullable Page[(Character.MAX_CODE_POINT + 1) >> PAGE_BITS]; // made when first needed
  private final byte[] ascii = new byte[0x80];

  /**
   * No images yet but those of ASCII.
   *
   * @param isComplex whether what is around a character may count for what it becomes
   * @param step the step
   */
  CharacterImages(IntPredicate isComplex, Step step) {
    this.isComplex = isComplex;
    this.step = step;
    Page first = page(0);
    for (int sign = 0; sign < ascii.length; sign++) {
      ascii[sign] = asciiImage(sign, first);
    }
  }

  private static byte asciiImage(int sign, Page page) {
    int image = page.images[sign];
    if (image == SAME) {
      return (byte) sign;
    }
    if (image == COMPLEX || length(image) > 1) {
      return NOT_ASCII;
    }
    return length(image) == 0 ? DROPPED : page.pool[place(image)]; // one byte is ASCII
  }

  private static int length(int image) {
    return (image & ((1 << LENGTH_BITS) - 1)) - 1;
  }

  private static int place(int image) {
    return image >>> LENGTH_BITS;
  }

  private Page page(int codePoint) {
    Page page = pages[codePoint >> PAGE_BITS];
    if (page == null) {
      page = makePage(codePoint & -PAGE_SIZE);
      pages[codePoint >> PAGE_BITS] = page; // if another thread makes it too, they are equal
    }
    return page;
  }

  private Page makePage(int first) {
    int[] images = new int[PAGE_SIZE];
    NormalizationBuffers buffers = new NormalizationBuffers();
    Utf8Text one = new Utf8Text();
    Utf8Text pool = new Utf8Text();
    for (int index = 0; index < PAGE_SIZE; index++) {
      int codePoint = first + index;
      boolean isSurrogate =
          codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
      if (isSurrogate || isComplex.test(codePoint)) {
        images[index] = COMPLEX;
        continue;
      }
      one.set(Character.toString(codePoint), false);
      int before = pool.length;
      step.apply(one, 0, one.length, pool, buffers);
      images[index] = image(one, pool, before);
    }
    return Arrays.equals(images, UNCHANGED.images)
        ? UNCHANGED
        : new Page(images, Arrays.copyOf(pool.bytes, pool.length + Utf8.PADDING));
  }

  private static int image(Utf8Text one, Utf8Text pool, int from) {
    int length = pool.length - from;
    boolean isSame = Arrays.equals(pool.bytes, from, pool.length, one.bytes, 0, one.length);
    if (isSame || length > MAX_LENGTH) {
      pool.length = from;
      return isSame ? SAME : COMPLEX;
    }
    return from << LENGTH_BITS | length + 1;
  }

  /** Appends what a range becomes. */
  void apply(Utf8Text source, int from, int to, Utf8Text target, NormalizationBuffers buffers) {
    target.reserve(to - from);
    for (int at = from; at < to; ) {
      int end = copy(source.bytes, at, to, target);
      if (end < to) {
        int start = end == at ? at : takeBack(source.bytes, end, target);
        end = stretchEnd(source.bytes, end, to);
        step.apply(source, start, end, target, buffers);
      }
      at = end;
    }
  }

  /** Appends the images of the characters up to the first that is complex; gives where that is. */
  private int copy(byte[] bytes, int from, int to, Utf8Text target) {
    byte[] out = target.bytes;
    int end = target.length;
    int at = from;
    while (at < to) {
      if (out.length - end <= ROOM) {
        target.length = end;
        target.reserve(ROOM);
        out = target.bytes;
      }
      int stop = Math.min(to, at + out.length - end - ROOM);
      while (at < stop && bytes[at] >= 0 && ascii[bytes[at]] != NOT_ASCII) {
        byte becomes = ascii[bytes[at++]];
        out[end] = becomes;
        end += 1 + (becomes >> 7);
      }
      if (at == stop) {
        continue;
      }
      int codePoint = Utf8.codePointAt(bytes, at);
      Page page = page(codePoint);
      int image = page.images[codePoint & (PAGE_SIZE - 1)];
      if (image == COMPLEX) {
        break;
      }
      int length = Utf8.lengthOf(bytes[at]);
      if (image == SAME) {
        Utf8.copyEight(bytes, at, out, end);
        end += length;
      } else if (length(image) <= MOST_AT_ONCE) {
        Utf8.copyEight(page.pool, place(image), out, end);
        end += length(image);
      } else {
        target.length = end;
        target.append(page.pool, place(image), length(image));
        out = target.bytes;
        end = target.length;
      }
      at += length;
    }
    target.length = end;
    return at;
  }

  /** Takes the image of the character before a place back; gives where that character begins. */
  private int takeBack(byte[] bytes, int end, Utf8Text target) {
    int at = Utf8.before(bytes, end);
    int image = image(bytes, at);
    target.length -= image == SAME ? end - at : length(image);
    return at;
  }

  private int image(byte[] bytes, int at) {
    int codePoint = Utf8.codePointAt(bytes, at);
    return page(codePoint).images[codePoint & (PAGE_SIZE - 1)];
  }

  /** The end of the stretch in which a complex character is. */
  private int stretchEnd(byte[] bytes, int complex, int to) {
    boolean isFirm = false; // whether the character before the place is
    for (int at = complex; at < to; at += Utf8.lengthOf(bytes[at])) {
      int image = image(bytes, at);
      boolean wasFirm = isFirm;
      isFirm = image == SAME || (image != COMPLEX && length(image) > 0);
      if (wasFirm && isFirm) {
        return at;
      }
    }
    return to;
  }
}
