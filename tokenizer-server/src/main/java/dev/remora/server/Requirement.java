package dev.remora.server;

/** What a server must send for a fault to show. */
enum Requirement {
  NONE("") {
    @Override
    boolean isMet(Dialect dialect, Format format) {
      return true;
    }
  },
  DESCRIBED("the described dialect") {
    @Override
    boolean isMet(Dialect dialect, Format format) {
      return dialect == Dialect.DESCRIBED;
    }
  },
  FILES("format files") {
    @Override
    boolean isMet(Dialect dialect, Format format) {
      return format == Format.FILES;
    }
  },
  BARE("the bare dialect") {
    @Override
    boolean isMet(Dialect dialect, Format format) {
      return dialect == Dialect.BARE;
    }
  };

  private final String what;

  Requirement(String what) {
    this.what = what;
  }

  abstract boolean isMet(Dialect dialect, Format format);

  static void check(Fault fault, Dialect dialect, Format format) {
    Requirement requirement = of(fault);
    if (!requirement.isMet(dialect, format)) {
      throw new IllegalArgumentException(fault + " needs " + requirement.what);
    }
  }

  private static Requirement of(Fault fault) {
    if (fault instanceof FlakyFault flaky) {
      return of(flaky.fault());
    }
    if (fault instanceof PayloadFault payloadFault) {
      return payloadFault.requirement();
    }
    return fault instanceof MessageFault messageFault ? messageFault.requirement() : NONE;
  }
}
