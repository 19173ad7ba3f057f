package dev.remora.bpe;

import dev.remora.djl.contract.EngineContract;

/** This engine keeps the contract. */
final class BpeEngineContractTest extends EngineContract {
  BpeEngineContractTest() {
    super(new BpeEngine());
  }
}
