package dev.remora.server;

/**
 * A fault of the first calls only.
 *
 * @param calls how many calls have it
 */
record FlakyFault(int calls, Fault fault) implements Fault {
  FlakyFault {
    if (calls < 1) {
      throw new IllegalArgumentException("flaky for " + calls + " calls");
    }
    if (fault instanceof FlakyFault) {
      throw new IllegalArgumentException("a flaky fault of a flaky fault");
    }
  }

  @Override
  public String toString() {
    return "flaky:" + calls + "," + fault;
  }
}
