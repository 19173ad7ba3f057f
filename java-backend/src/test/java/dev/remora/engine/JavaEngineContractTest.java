package dev.remora.engine;

import dev.remora.conformance.contract.EngineContract;

/** This engine keeps the contract. */
final class JavaEngineContractTest extends EngineContract {
  JavaEngineContractTest() {
    super(new JavaEngine());
  }
}
