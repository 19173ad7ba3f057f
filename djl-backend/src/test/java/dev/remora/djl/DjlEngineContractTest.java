package dev.remora.djl;

import dev.remora.conformance.contract.EngineContract;

/** The DJL engine keeps the contract. */
final class DjlEngineContractTest extends EngineContract {
  DjlEngineContractTest() {
    super(new DjlEngine());
  }
}
