package dev.remora.engine.normalize;

/** Unicode's normalization forms. */
enum NormalForm {
  /** Characters taken apart, then composed. */
  NFC(true, false),

  /** Characters taken apart. */
  NFD(false, false),

  /** The same as NFC, where what is only compatible is taken apart too. */
  NFKC(true, true),

  /** The same as NFD, where what is only compatible is taken apart too. */
  NFKD(false, true);

  private final boolean composes;
  private final boolean compatible;

  NormalForm(boolean composes, boolean compatible) {
    this.composes = composes;
    this.compatible = compatible;
  }

  boolean composes() {
    return composes;
  }

  boolean isCompatible() {
    return compatible;
  }
}
