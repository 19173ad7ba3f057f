package dev.remora.engine;

import dev.remora.djl.contract.EngineContract;

/** This engine keeps the contract. */
final class JavaEngineContractTest extends EngineContract {
  JavaEngineContractTest() {
    super(new JavaEngine());
  }
}
