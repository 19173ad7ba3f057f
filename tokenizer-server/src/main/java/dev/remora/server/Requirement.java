package dev.remora.server;

import dev.remora.bundle.BundleDialect;
import dev.remora.bundle.BundleFormat;

/** What a server must send for a fault to show. */
enum Requirement {
  NONE("") {
    @Override
    boolean isMet(BundleDialect dialect, BundleFormat format) {
      return true;
    }
  },
  DESCRIBED("the described dialect") {
    @Override
    boolean isMet(BundleDialect dialect, BundleFormat format) {
      return dialect == BundleDialect.DESCRIBED;
    }
  },
  FILES("format files") {
    @Override
    boolean isMet(BundleDialect dialect, BundleFormat format) {
      return format == BundleFormat.FILES;
    }
  },
  BARE("the bare dialect") {
    @Override
    boolean isMet(BundleDialect dialect, BundleFormat format) {
      return dialect == BundleDialect.BARE;
    }
  };

  private final String what;

  Requirement(String what) {
    this.what = what;
  }

  abstract boolean isMet(BundleDialect dialect, BundleFormat format);

  static void check(Fault fault, BundleDialect dialect, BundleFormat format) {
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
